// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SteadyRateTest {

  private final SteadyRate steady = new SteadyRate(3, 0.1);

  @Test
  void needs_enough_windows_before_it_says_anything() {
    assertThat(steady.add(100)).isFalse();
    assertThat(steady.add(100)).isFalse();
    assertThat(steady.add(100)).isTrue();
  }

  @Test
  void is_not_fooled_while_the_rate_climbs() {
    for (double rate = 100; rate < 1_000; rate *= 1.2) {
      assertThat(steady.add(rate)).isFalse();
    }
  }

  @Test
  void forgets_what_came_before_the_last_windows() {
    steady.add(10);
    steady.add(100);
    steady.add(104);
    assertThat(steady.add(96)).isTrue();
  }

  @Test
  void calls_a_service_that_does_nothing_not_steady() {
    steady.add(0);
    steady.add(0);
    assertThat(steady.add(0)).isFalse();
  }
}
