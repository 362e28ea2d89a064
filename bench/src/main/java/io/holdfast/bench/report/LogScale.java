// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.report;

import java.util.List;
import java.util.stream.IntStream;

/** Lays values between two powers of ten out on a line, each power as far from the next. */
record LogScale(int lowestPower, int highestPower, double from, double to) {

  /** The narrowest scale that all of these fit on. Values below one count as one. */
  static LogScale covering(List<Double> values, double from, double to) {
    double lowest = values.stream().mapToDouble(LogScale::log).min().orElse(0);
    double highest = values.stream().mapToDouble(LogScale::log).max().orElse(1);
    int low = (int) Math.floor(lowest);
    return new LogScale(low, Math.max((int) Math.ceil(highest), low + 1), from, to);
  }

  double at(double value) {
    return from + (to - from) * (log(value) - lowestPower) / (highestPower - lowestPower);
  }

  /** The powers of ten, lowest first. */
  List<Double> ticks() {
    return IntStream.rangeClosed(lowestPower, highestPower)
        .mapToObj(power -> Math.pow(10, power))
        .toList();
  }

  private static double log(double value) {
    return Math.log10(Math.max(value, 1));
  }
}
