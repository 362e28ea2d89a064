// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.function;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** Waits that double from one to the next, each a little random. For one thread. */
final class Backoff {

  private final Duration min;
  private final Duration max;
  private final double jitter;
  private final DoubleSupplier random;
  private Duration next;

  /**
   * @param jitter how much of a wait is random, from 0 to 1; never makes a wait longer
   * @param random from 0 to 1
   */
  Backoff(Duration min, Duration max, double jitter, DoubleSupplier random) {
    this.min = min;
    this.max = max;
    this.jitter = jitter;
    this.random = random;
    this.next = min;
  }

  Duration next() {
    var wait = next;
    // Compares before it doubles, so that no wait overflows.
    next = wait.compareTo(max.dividedBy(2)) > 0 ? max : wait.multipliedBy(2);
    return Duration.ofNanos((long) (wait.toNanos() * (1 - jitter * random.getAsDouble())));
  }

  void reset() {
    next = min;
  }
}
