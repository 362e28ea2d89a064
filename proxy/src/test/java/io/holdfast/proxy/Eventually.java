// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** For what a cluster does in its own time. */
public final class Eventually {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(20);

  private Eventually() {}

  /**
   * Waits until {@code condition} holds.
   *
   * @param what is awaited, for the failure's text
   */
  public static void holds(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("did not come to hold: " + what);
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }
}
