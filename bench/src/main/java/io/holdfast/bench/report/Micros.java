// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.report;

import java.util.Locale;

/** Shows times in the unit that a reader would choose. */
final class Micros {

  private Micros() {}

  static String shown(double micros) {
    if (micros < 1_000) {
      return String.format(Locale.ROOT, "%.0f µs", micros);
    }
    if (micros < 100_000) {
      return String.format(Locale.ROOT, "%.1f ms", micros / 1e3);
    }
    if (micros < 1_000_000) {
      return String.format(Locale.ROOT, "%.0f ms", micros / 1e3);
    }
    return String.format(Locale.ROOT, "%.2f s", micros / 1e6);
  }
}
