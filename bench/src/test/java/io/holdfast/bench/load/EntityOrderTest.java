// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EntityOrderTest {

  @Test
  void a_sweep_visits_each_in_turn_as_often_as_asked() {
    var order = EntityOrder.sweep(3, 6, 2);
    var visited = new ArrayList<Integer>();
    for (int next = order.next(); next != EntityOrder.END; next = order.next()) {
      visited.add(next);
    }
    assertThat(visited).isEqualTo(List.of(3, 4, 5, 3, 4, 5));
    assertThat(order.next()).isEqualTo(EntityOrder.END);
  }

  @Test
  void a_sweep_of_no_rounds_is_over_at_once() {
    assertThat(EntityOrder.sweep(0, 5, 0).next()).isEqualTo(EntityOrder.END);
  }

  @Test
  void uniform_reaches_every_entity_and_no_other() {
    var order = EntityOrder.uniform(10);
    var counts = new int[10];
    for (int i = 0; i < 10_000; i++) {
      counts[order.next()]++;
    }
    assertThat(IntStream.of(counts)).allMatch(count -> count > 800 && count < 1_200);
  }
}
