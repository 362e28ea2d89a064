// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls that come while nobody knows yet what the function offers. They wait for that, for a
 * bounded time after the start: clients come back to a node that restarts as soon as its port is
 * open, and those that look at no probe would see errors otherwise. For all threads.
 */
final class EarlyCalls {

  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final int max;

  /**
   * @param patience from now on; with none, nobody waits
   * @param max so many may wait at one time
   */
  EarlyCalls(Duration patience, int max) {
    this.max = max;
    if (patience.isZero()) {
      over.complete(null);
    } else {
      over.completeOnTimeout(null, patience.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /**
   * Nobody waits any more, and those who did are served: the function is known, or never will be.
   */
  void end() {
    over.complete(null);
  }

  /** How many wait. */
  int count() {
    return waiting.get();
  }

  /** What {@code serve} answers once the wait is over; null when the call may not wait. */
  @Nullable HttpResponse hold(ServiceRequestContext context, Supplier<HttpResponse> serve) {
    if (over.isDone()) {
      return null;
    }
    if (waiting.incrementAndGet() > max) {
      waiting.decrementAndGet();
      return null;
    }
    return HttpResponse.of(
        over.thenApplyAsync(
            nothing -> {
              waiting.decrementAndGet();
              return serve.get();
            },
            context.eventLoop()));
  }
}
