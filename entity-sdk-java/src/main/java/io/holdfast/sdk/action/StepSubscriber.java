// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.action;

import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Passes on what a step makes of each element; leaves out those of which it makes nothing. */
final class StepSubscriber<E, F> implements Flow.Subscriber<E> {

  /** As {@link Elements.Step}, but null for nothing. */
  interface MaybeStep<E, F> {
    @Nullable F apply(E element) throws Exception;
  }

  private final Flow.Subscriber<? super F> downstream;
  private final MaybeStep<? super E, ? extends F> step;
  private Flow.@Nullable Subscription upstream;
  private boolean ended;

  StepSubscriber(Flow.Subscriber<? super F> downstream, MaybeStep<? super E, ? extends F> step) {
    this.downstream = downstream;
    this.step = step;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    upstream = subscription;
    downstream.onSubscribe(subscription);
  }

  @Override
  public void onNext(E element) {
    if (ended || upstream == null) {
      return;
    }
    F made;
    try {
      made = step.apply(element);
    } catch (Exception | Error e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      upstream.cancel();
      onError(e);
      return;
    }
    if (made == null) {
      upstream.request(1);
    } else {
      downstream.onNext(made);
    }
  }

  @Override
  public void onError(Throwable failure) {
    if (!ended) {
      ended = true;
      downstream.onError(failure);
    }
  }

  @Override
  public void onComplete() {
    if (!ended) {
      ended = true;
      downstream.onComplete();
    }
  }
}
