// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DurationTextTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 ms",
    "PT0.0000001S, <1 ms",
    "PT0.1S, 100 ms",
    "PT0.999S, 999 ms",
    "PT1S, 1 s",
    "PT1.5S, 1.5 s",
    "PT1.25S, 1.3 s",
    "PT10S, 10 s",
    "PT30S, 30 s",
    "PT119.9S, 119.9 s",
    "PT2M, 2 min",
    "PT90M, 90 min",
    "PT2H, 2 h",
    "P2D, 48 h",
    "PT-0.5S, -500 ms"
  })
  void is_said_in_the_unit_that_fits(Duration duration, String text) {
    assertThat(DurationText.of(duration)).isEqualTo(text);
  }
}
