// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.database;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Repeats one request for many: everyone gets the answer of a run that began after they asked. Who
 * asks during a run shares the next one. For all threads.
 */
public final class Rounds<T> {

  private final Supplier<CompletionStage<T>> request;
  private @Nullable CompletableFuture<T> running;
  private @Nullable CompletableFuture<T> waiting;

  public Rounds(Supplier<CompletionStage<T>> request) {
    this.request = request;
  }

  public CompletionStage<T> next() {
    CompletableFuture<T> mine;
    synchronized (this) {
      if (running != null) {
        waiting = waiting == null ? new CompletableFuture<>() : waiting;
        return waiting;
      }
      mine = new CompletableFuture<>();
      running = mine;
    }
    run(mine);
    return mine;
  }

  private void run(CompletableFuture<T> round) {
    request
        .get()
        .whenComplete(
            (answer, failure) -> {
              CompletableFuture<T> following;
              synchronized (this) {
                following = waiting;
                running = waiting;
                waiting = null;
              }
              if (following != null) {
                run(following);
              }
              if (failure == null) {
                round.complete(answer);
              } else {
                round.completeExceptionally(failure);
              }
            });
  }
}
