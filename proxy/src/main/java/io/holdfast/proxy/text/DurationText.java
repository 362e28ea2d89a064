// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** Durations in the unit that fits them: {@code 100 ms}, {@code 1.5 s}, {@code 2 min}. */
public final class DurationText {

  private static final int MILLIS_OF_SECOND = 1_000;
  private static final int MILLIS_OF_MINUTE = 60_000;
  private static final int MILLIS_OF_HOUR = 3_600_000;

  private DurationText() {}

  /**
   * Milliseconds below a second, seconds below two minutes, then minutes, from two hours on hours;
   * rounded to a tenth of the unit at most, and never to nothing: what is shorter than a
   * millisecond is {@code <1 ms}.
   */
  public static String of(Duration duration) {
    if (duration.isNegative()) {
      return "-" + of(duration.negated());
    }
    long millis = duration.toMillis();
    if (millis < MILLIS_OF_SECOND) {
      return millis == 0 && !duration.isZero() ? "<1 ms" : millis + " ms";
    }
    if (millis < 2 * MILLIS_OF_MINUTE) {
      return in(MILLIS_OF_SECOND, millis) + " s";
    }
    return millis < 2 * MILLIS_OF_HOUR
        ? in(MILLIS_OF_MINUTE, millis) + " min"
        : in(MILLIS_OF_HOUR, millis) + " h";
  }

  private static String in(int unitMillis, long millis) {
    return BigDecimal.valueOf(millis)
        .divide(BigDecimal.valueOf(unitMillis), 1, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }
}
