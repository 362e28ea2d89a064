// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.action;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.Collector;
import org.jspecify.annotations.Nullable;

/** Puts all elements into one. */
final class CollectingSubscriber<E, A, R> implements Flow.Subscriber<E> {

  private final Collector<? super E, A, R> collector;
  private final A all;
  private final CompletableFuture<R> result = new CompletableFuture<>();
  private Flow.@Nullable Subscription upstream;

  CollectingSubscriber(Collector<? super E, A, R> collector) {
    this.collector = collector;
    this.all = collector.supplier().get();
  }

  CompletionStage<R> result() {
    return result;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    upstream = subscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(E element) {
    if (result.isDone()) {
      return;
    }
    try {
      collector.accumulator().accept(all, element);
    } catch (RuntimeException | Error e) {
      if (upstream != null) {
        upstream.cancel();
      }
      result.completeExceptionally(e);
    }
  }

  @Override
  public void onError(Throwable failure) {
    result.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    try {
      result.complete(collector.finisher().apply(all));
    } catch (RuntimeException | Error e) {
      result.completeExceptionally(e);
    }
  }
}
