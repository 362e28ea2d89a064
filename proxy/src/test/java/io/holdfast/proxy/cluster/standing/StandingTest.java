// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster.standing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StandingTest {

  private static final Duration LONG = Standings.SILENCE.plusMillis(1);

  private final TestClock clock = new TestClock();
  private final Standing standing = Standings.by(clock);
  private final List<String> seen = new ArrayList<>();

  @Test
  void a_node_that_looks_often_enough_stays_sure() {
    for (int i = 0; i < 100; i++) {
      clock.passes(Standings.SILENCE);
      standing.look();
    }
    assertThat(standing.sure()).isTrue();
    assertThat(standing.obstacle()).isEmpty();
  }

  @Test
  void whoever_asks_first_after_a_standstill_learns_of_it() {
    clock.passes(LONG);
    assertThat(standing.sure()).isFalse();
    assertThat(standing.obstacle())
        .contains(
            "this node stood still for 3001 ms, and asks the others whether it is still a member of"
                + " its cluster");
    standing.look();
    assertThat(standing.sure()).isFalse();
  }

  @Test
  void a_machine_that_slept_is_noticed_by_its_other_clock() {
    clock.move(Duration.ofMillis(1), LONG);
    assertThat(standing.sure()).isFalse();
  }

  @Test
  void a_clock_that_is_set_back_is_no_standstill_and_hides_none() {
    clock.move(Duration.ofMillis(1), Duration.ofHours(-1));
    assertThat(standing.sure()).isTrue();
    clock.move(LONG, Duration.ofHours(-1));
    assertThat(standing.sure()).isFalse();
  }

  @Test
  void what_waits_is_carried_out_in_order_once_others_have_confirmed() {
    clock.passes(LONG);
    assertThat(standing.sure()).isFalse();
    standing.whenSure(() -> seen.add("first"));
    standing.whenSure(() -> seen.add("second"));
    assertThat(seen).isEmpty();
    Standings.confirm(standing);
    assertThat(seen).containsExactly("first", "second");
    assertThat(standing.sure()).isTrue();
    standing.whenSure(() -> seen.add("at once"));
    assertThat(seen).endsWith("at once");
  }

  @Test
  void a_confirmation_from_before_another_standstill_is_void() {
    clock.passes(LONG);
    standing.look();
    Doubt first = standing.doubt().orElseThrow();
    standing.whenSure(() -> seen.add("held"));
    clock.passes(LONG);
    assertThat(standing.confirm(first)).isFalse();
    assertThat(standing.sure()).isFalse();
    assertThat(seen).isEmpty();
    Standings.confirm(standing);
    assertThat(seen).containsExactly("held");
  }

  @Test
  void listeners_hear_of_each_change() {
    standing.onChange(() -> seen.add(standing.obstacle().isPresent() ? "in doubt" : "sure"));
    standing.look();
    assertThat(seen).isEmpty();
    clock.passes(LONG);
    standing.look();
    Standings.confirm(standing);
    assertThat(seen).containsExactly("in doubt", "sure");
  }
}
