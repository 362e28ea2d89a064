// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FaultPlanTest {

  private static List<PlannedFault> planned(long seed, int count) {
    var plan = new FaultPlan(FaultKind.possible(false, 3, true), 3, seed);
    return Stream.generate(plan::next).limit(count).toList();
  }

  @Test
  void the_same_seed_gives_the_same_faults() {
    assertThat(planned(7, 100)).isEqualTo(planned(7, 100)).isNotEqualTo(planned(8, 100));
  }

  @Test
  void every_kind_has_its_turn_before_one_comes_again() {
    int kinds = FaultKind.possible(false, 3, true).size();
    assertThat(planned(1, kinds)).extracting(PlannedFault::kind).doesNotHaveDuplicates();
  }

  @Test
  void faults_strike_all_nodes_and_last_as_long_as_their_kind_may() {
    List<PlannedFault> planned = planned(3, 500);
    assertThat(planned).extracting(PlannedFault::node).containsOnly(1, 2, 3);
    assertThat(planned)
        .allMatch(fault -> fault.lasts().compareTo(fault.kind().shortest()) >= 0)
        .allMatch(fault -> fault.lasts().compareTo(fault.kind().longest()) <= 0);
  }

  @Test
  void faults_are_those_that_the_setup_can_have() {
    assertThat(FaultKind.possible(false, 3, true))
        .contains(FaultKind.CUT, FaultKind.CUT_ALL, FaultKind.CUT_STORE)
        .doesNotContain(FaultKind.FULL_DISK);
    assertThat(FaultKind.possible(false, 1, true))
        .contains(FaultKind.KILL_STORE, FaultKind.CUT_STORE)
        .doesNotContain(FaultKind.CUT, FaultKind.CUT_ALL);
    assertThat(FaultKind.possible(true, 1, true))
        .contains(FaultKind.FULL_DISK, FaultKind.CUT_FUNCTION)
        .doesNotContain(FaultKind.KILL_STORE, FaultKind.CUT_STORE, FaultKind.LOSS);
  }

  @Test
  void clocks_are_set_only_where_proxies_have_their_own() {
    assertThat(FaultKind.possible(false, 3, true)).contains(FaultKind.STEP_CLOCK);
    assertThat(FaultKind.possible(false, 3, false)).doesNotContain(FaultKind.STEP_CLOCK);
  }

  @Test
  void clocks_are_set_by_seconds_and_by_minutes_forward_and_back() {
    List<Duration> steps =
        planned(3, 2000).stream()
            .filter(fault -> fault.kind() == FaultKind.STEP_CLOCK)
            .map(PlannedFault::step)
            .toList();
    assertThat(steps)
        .doesNotContain(Duration.ZERO)
        .allMatch(step -> step.abs().compareTo(Duration.ofMinutes(5)) <= 0)
        .anyMatch(step -> step.isNegative() && step.toSeconds() > -15)
        .anyMatch(step -> step.toMinutes() < -1)
        .anyMatch(step -> step.toMinutes() > 1);
    assertThat(planned(3, 100))
        .filteredOn(fault -> fault.kind() != FaultKind.STEP_CLOCK)
        .allMatch(fault -> fault.step().isZero());
  }

  @Test
  void only_what_a_fault_takes_down_itself_stays_down_while_it_lasts() {
    Duration second = Duration.ofSeconds(1);
    var killed = new PlannedFault(FaultKind.KILL_PROXY, 2, second);
    assertThat(killed.keepsDown(2)).isTrue();
    assertThat(killed.keepsDown(1)).isFalse();
    assertThat(new PlannedFault(FaultKind.CUT, 2, second).keepsDown(2)).isFalse();
  }

  @Test
  void a_fault_names_the_node_that_it_strikes_if_it_strikes_one() {
    Duration second = Duration.ofSeconds(1);
    assertThat(new PlannedFault(FaultKind.CUT_STORE, 2, second))
        .hasToString("cut-store of node 2 for 1000 ms");
    assertThat(new PlannedFault(FaultKind.STEP_CLOCK, 1, second, Duration.ofSeconds(-40)))
        .hasToString("step-clock of node 1 by -40 s for 1000 ms");
    assertThat(new PlannedFault(FaultKind.CUT_ALL, 2, second)).hasToString("cut-all for 1000 ms");
  }

  @Test
  void kinds_are_named_as_they_are_shown() {
    assertThat(FaultKind.named("cut-one-way")).isEqualTo(FaultKind.CUT_ONE_WAY);
    assertThatThrownBy(() -> FaultKind.named("flood"))
        .hasMessageStartingWith("There is no fault \"flood\": choose of kill-proxy, ");
  }
}
