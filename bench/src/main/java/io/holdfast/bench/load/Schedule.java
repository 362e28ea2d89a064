// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.load;

/**
 * When each request of an open-loop load is due: at a constant rate, whatever became of those
 * before. Latency counts from here, so a stall shows in every request that it delayed.
 *
 * @param startNanos when the first one is due, by {@link System#nanoTime}
 */
record Schedule(long startNanos, double ratePerSecond) {

  private static final double NANOS = 1e9;

  Schedule {
    if (!(ratePerSecond > 0)) {
      throw new IllegalArgumentException("a rate must be above zero, not " + ratePerSecond);
    }
  }

  /** When the request with this number is due; the first is 0. */
  long dueNanos(long number) {
    return startNanos + (long) (number * (NANOS / ratePerSecond));
  }
}
