// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BackoffTest {

  @Test
  void doubles_up_to_the_longest_wait() {
    var backoff = new Backoff(Duration.ofMillis(50), Duration.ofMillis(300), 0, () -> 0.5);
    assertThat(millis(backoff, 5)).containsExactly(50L, 100L, 200L, 300L, 300L);
  }

  @Test
  void starts_over_after_a_success() {
    var backoff = new Backoff(Duration.ofMillis(50), Duration.ofMillis(300), 0, () -> 0.5);
    millis(backoff, 4);
    backoff.reset();
    assertThat(millis(backoff, 2)).containsExactly(50L, 100L);
  }

  @Test
  void shortens_waits_by_chance() {
    var backoff = new Backoff(Duration.ofMillis(100), Duration.ofMillis(100), 0.2, () -> 0.5);
    assertThat(millis(backoff, 1)).containsExactly(90L);
  }

  @Test
  void stays_at_a_longest_wait_that_is_the_shortest_too() {
    var backoff = new Backoff(Duration.ofMillis(70), Duration.ofMillis(70), 0, () -> 0);
    assertThat(millis(backoff, 3)).containsExactly(70L, 70L, 70L);
  }

  private static Stream<Long> millis(Backoff backoff, int times) {
    return Stream.generate(backoff::next).limit(times).map(Duration::toMillis).toList().stream();
  }
}
