// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.call;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the calls that are under way at one time, over all connections.
 *
 * <p>Once closed, it gives no more permits, and tells when the last one given has come back.
 */
public final class CallPermits {

  private final int max;
  private final AtomicInteger taken = new AtomicInteger();
  private final CompletableFuture<Void> idle = new CompletableFuture<>();
  private volatile boolean closed;

  public CallPermits(int max) {
    this.max = max;
  }

  /** Takes a permit, which {@link #release} must give back; false when there is none. */
  boolean tryAcquire() {
    if (taken.incrementAndGet() > max || closed) {
      release();
      return false;
    }
    return true;
  }

  void release() {
    if (taken.decrementAndGet() == 0 && closed) {
      idle.complete(null);
    }
  }

  /** How many are out. */
  public int taken() {
    return taken.get();
  }

  public boolean closed() {
    return closed;
  }

  public int max() {
    return max;
  }

  /** Gives no more permits. Completes when the last one is back. */
  public CompletableFuture<Void> close() {
    closed = true;
    if (taken.get() == 0) {
      idle.complete(null);
    }
    return idle;
  }
}
