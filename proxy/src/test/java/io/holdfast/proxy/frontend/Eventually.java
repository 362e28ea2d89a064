// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** For what the other side of a socket does in its own time. */
final class Eventually {

  private static final long PATIENCE_SECONDS = 10;

  private static final long POLL_NANOS = 1_000_000;

  private Eventually() {}

  static void holds(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("did not come to hold");
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}
