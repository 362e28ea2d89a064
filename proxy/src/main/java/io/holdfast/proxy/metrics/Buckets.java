// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.metrics;

import java.time.Duration;
import java.util.stream.IntStream;

/** Where histograms are cut. */
final class Buckets {

  // From what a command takes on a fast disk to the time-out of a call.
  private static final int[] LATENCY_MILLIS = {
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000
  };

  private static final int GROUPS_MAX = 1024;

  private Buckets() {}

  static Duration[] latency() {
    return IntStream.of(LATENCY_MILLIS).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }

  /** Of how many share something. */
  static double[] groups() {
    return IntStream.iterate(1, size -> size <= GROUPS_MAX, size -> 2 * size)
        .asDoubleStream()
        .toArray();
  }
}
