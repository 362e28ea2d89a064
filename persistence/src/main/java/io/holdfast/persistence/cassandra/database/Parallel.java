// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.database;

import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Requests of which only so many are under way at once. */
public final class Parallel<T> {

  private final Iterator<T> items;
  private final Function<T, ? extends CompletionStage<?>> request;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private int underWay;
  private @Nullable Throwable failure;

  private Parallel(Collection<T> items, Function<T, ? extends CompletionStage<?>> request) {
    this.items = items.iterator();
    this.request = request;
  }

  /**
   * Makes a request for each item, in their order. Completes when all have ended; fails if one did,
   * with what the first to fail said.
   */
  public static <T> CompletionStage<Void> forEach(
      Collection<T> items, int atOnce, Function<T, ? extends CompletionStage<?>> request) {
    var all = new Parallel<>(items, request);
    for (int i = 0; i < Math.max(1, Math.min(atOnce, items.size())); i++) {
      all.next();
    }
    return all.ended;
  }

  private void next() {
    T item;
    synchronized (this) {
      if (!items.hasNext()) {
        if (underWay == 0) {
          end();
        }
        return;
      }
      item = items.next();
      underWay++;
    }
    var unused =
        CompletableFuture.completedFuture(item)
            .thenCompose(next -> request.apply(next).thenApply(done -> done))
            .whenComplete(
                (done, e) -> {
                  synchronized (this) {
                    underWay--;
                    failure = failure == null ? e : failure;
                  }
                  next();
                });
  }

  private void end() {
    if (failure == null) {
      ended.complete(null);
    } else {
      ended.completeExceptionally(failure);
    }
  }
}
