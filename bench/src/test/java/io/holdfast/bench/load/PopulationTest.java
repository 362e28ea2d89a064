// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.holdfast.bench.v1.Count;
import io.holdfast.bench.v1.Increase;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PopulationTest {

  private final Population population = new Population("c", 3);

  @Test
  void asks_each_counter_for_one_more() throws InvalidProtocolBufferException {
    assertThat(Increase.parseFrom(population.request(2)))
        .isEqualTo(Increase.newBuilder().setCounterId("c-00002").setBy(1).build());
  }

  @Test
  void agrees_with_replies_that_count_up_in_any_order() {
    population.replied(1, count(2));
    population.replied(1, count(1));
    assertThat(population.firstWrong()).isEmpty();
  }

  @Test
  void notices_an_event_that_was_lost() {
    population.replied(1, count(1));
    population.replied(1, count(1));
    assertThat(population.firstWrong()).hasValue(1);
    assertThat(population.describe(1)).isEqualTo("counter c-00001 replied 2 times but stands at 1");
  }

  @Test
  void notices_an_event_that_was_stored_twice() {
    population.replied(0, count(2));
    assertThat(population.firstWrong()).hasValue(0);
  }

  @Test
  void adds_up_the_replies_where_nothing_is_kept() {
    var stateless = Population.stateless("s", 2);
    stateless.replied(1, count(1));
    stateless.replied(1, count(1));
    assertThat(stateless.firstWrong()).isEmpty();
    stateless.replied(0, count(2));
    assertThat(stateless.firstWrong()).hasValue(0);
  }

  @Test
  void refuses_what_is_not_a_count() {
    assertThat(population.replied(0, new byte[0])).isFalse();
    assertThat(population.replied(0, new byte[] {9, 1})).isFalse();
    assertThat(population.firstWrong()).isEmpty();
  }

  private static byte[] count(long value) {
    return Count.newBuilder().setValue(value).build().toByteArray();
  }
}
