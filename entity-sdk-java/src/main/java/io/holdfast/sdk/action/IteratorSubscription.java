// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.action;

import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Hands out what an iterator gives, on the thread that asks for it. */
final class IteratorSubscription<E> implements Flow.Subscription {

  private final Flow.Subscriber<? super E> subscriber;
  private final Iterator<? extends E> elements;
  private final Runnable close;
  private final AtomicLong due = new AtomicLong();
  // Whoever raises it from 0 hands out, again and again until it is 0: never two threads at a time,
  // and no deeper calls when a subscriber asks for more from within onNext.
  private final AtomicInteger calls = new AtomicInteger();
  private volatile boolean cancelled;
  private volatile @Nullable Throwable misuse;
  private boolean ended;

  private IteratorSubscription(
      Flow.Subscriber<? super E> subscriber, Iterator<? extends E> elements, Runnable close) {
    this.subscriber = subscriber;
    this.elements = elements;
    this.close = close;
  }

  /**
   * Begins.
   *
   * @param close run once, when no more elements are taken
   */
  static <E> void start(
      Flow.Subscriber<? super E> subscriber,
      Supplier<? extends Iterator<? extends E>> elements,
      Runnable close) {
    Iterator<? extends E> iterator;
    try {
      iterator = elements.get();
    } catch (RuntimeException e) {
      subscriber.onSubscribe(NONE);
      subscriber.onError(e);
      return;
    }
    subscriber.onSubscribe(new IteratorSubscription<E>(subscriber, iterator, close));
  }

  private static final Flow.Subscription NONE =
      new Flow.Subscription() {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
      };

  @Override
  public void request(long n) {
    if (n < 1) {
      misuse = new IllegalArgumentException("request(%d): at least 1".formatted(n));
    } else {
      due.updateAndGet(before -> before + n < 0 ? Long.MAX_VALUE : before + n);
    }
    handOut();
  }

  @Override
  public void cancel() {
    cancelled = true;
    handOut();
  }

  private void handOut() {
    if (calls.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    while (seen != 0) {
      while (!ended && (cancelled || misuse != null || due.get() > 0)) {
        next();
      }
      seen = calls.addAndGet(-seen);
    }
  }

  private void next() {
    Throwable failure = misuse;
    if (cancelled) {
      end();
      return;
    }
    if (failure == null) {
      try {
        if (elements.hasNext()) {
          E element = Objects.requireNonNull(elements.next(), "an element is null");
          due.decrementAndGet();
          subscriber.onNext(element);
          return;
        }
      } catch (RuntimeException | Error e) {
        failure = e;
      }
    }
    end();
    if (failure == null) {
      subscriber.onComplete();
    } else {
      subscriber.onError(failure);
    }
  }

  private void end() {
    ended = true;
    close.run();
  }
}
