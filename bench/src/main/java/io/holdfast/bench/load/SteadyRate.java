// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.load;

import java.util.ArrayDeque;

/**
 * Decides when a warm-up is over: when the rates of the last few windows lie close together. Early
 * on the rate climbs from window to window, as the JIT compilers of all processes work.
 */
public final class SteadyRate {

  private final int windows;
  private final double spreadMax;
  private final ArrayDeque<Double> last = new ArrayDeque<>();

  /**
   * @param windows how many windows must agree
   * @param spreadMax how far the highest may be above the lowest, as a part of the mean
   */
  public SteadyRate(int windows, double spreadMax) {
    this.windows = windows;
    this.spreadMax = spreadMax;
  }

  /** Adds the rate of one more window, and says whether the rate is steady now. */
  public boolean add(double rate) {
    last.addLast(rate);
    if (last.size() > windows) {
      last.removeFirst();
    }
    if (last.size() < windows) {
      return false;
    }
    double lowest = last.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    double highest = last.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    double mean = last.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    return mean > 0 && highest - lowest <= spreadMax * mean;
  }
}
