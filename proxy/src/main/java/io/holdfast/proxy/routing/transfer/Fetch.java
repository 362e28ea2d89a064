// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing.transfer;

import akka.actor.ActorRef;
import io.holdfast.cluster.v1.RoutedContent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** A content that this node brings here from another one. */
public final class Fetch {

  private final Reference from;
  private final Of of;
  private final ActorRef fetcher;
  private final CompletableFuture<RoutedContent> arrived = new CompletableFuture<>();
  private final AtomicBoolean ended = new AtomicBoolean();

  /** What it belongs to. */
  public enum Of {
    /** Stays until the function is asked. */
    COMMAND,
    /** Goes on to whoever waits as soon as it is here. */
    OUTCOME
  }

  Fetch(Reference from, Of of, ActorRef fetcher) {
    this.from = from;
    this.of = of;
    this.fetcher = fetcher;
  }

  Reference from() {
    return from;
  }

  Of of() {
    return of;
  }

  /**
   * Completes, on any thread, once all of it is here; with a {@link FetchFailedException} when it
   * does not come; never when it was ended before.
   */
  public CompletionStage<RoutedContent> arrived() {
    return arrived;
  }

  /**
   * Nobody needs it any more, whether it has arrived or not: until then its bytes count among those
   * for which this node has room. To be called in any case; further calls do nothing.
   */
  public void end() {
    if (ended.compareAndSet(false, true)) {
      fetcher.tell(new Fetcher.End(this), ActorRef.noSender());
    }
  }

  void complete(RoutedContent content) {
    arrived.complete(content);
  }

  void fail(String reason) {
    arrived.completeExceptionally(new FetchFailedException(reason));
  }
}
