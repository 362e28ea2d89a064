// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server.action;

import com.google.protobuf.Message;
import io.holdfast.sdk.action.Elements;
import java.util.Iterator;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a client streams, as a publisher for one subscriber. Asks the network for no more than the
 * subscriber has asked for, and for few at a time however many those are.
 *
 * <p>All but {@code subscribe} and the subscription's methods run on the call's own thread, and so
 * does whatever the subscriber is told.
 */
final class Inbound implements Elements<Message>, Flow.Subscription {

  /** So many messages may be on their way to the subscriber. */
  private static final int AHEAD = 16;

  private final Executor thread;
  private final IntConsumer network;
  private Flow.@Nullable Subscriber<? super Message> subscriber;
  private long due;
  private int underWay;
  private boolean cancelled;
  private boolean complete;
  private @Nullable Throwable failure;

  /**
   * @param thread runs one thing after the other
   * @param network takes how many more messages to read
   */
  Inbound(Executor thread, IntConsumer network) {
    this.thread = thread;
    this.network = network;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super Message> subscriber) {
    synchronized (this) {
      if (this.subscriber == null) {
        this.subscriber = subscriber;
        thread.execute(() -> begin(subscriber));
        return;
      }
    }
    Iterable<Message> refused = Inbound::subscribedTwice;
    Elements.from(refused).subscribe(subscriber);
  }

  private static Iterator<Message> subscribedTwice() {
    throw new IllegalStateException("what a client streams can be subscribed to once");
  }

  private void begin(Flow.Subscriber<? super Message> subscriber) {
    subscriber.onSubscribe(this);
    end();
  }

  @Override
  public void request(long n) {
    if (n < 1) {
      thread.execute(
          () -> fail(new IllegalArgumentException("request(%d): at least 1".formatted(n))));
      return;
    }
    synchronized (this) {
      due = due + n < 0 ? Long.MAX_VALUE : due + n;
    }
    read();
  }

  @Override
  public synchronized void cancel() {
    cancelled = true;
  }

  private void read() {
    int more;
    synchronized (this) {
      more = cancelled ? 0 : (int) Math.min(due, AHEAD) - underWay;
      underWay += Math.max(more, 0);
    }
    if (more > 0) {
      network.accept(more);
    }
  }

  /** A message has come that was asked for. */
  void next(Message message) {
    Flow.Subscriber<? super Message> current;
    synchronized (this) {
      underWay--;
      due--;
      current = cancelled || failure != null ? null : subscriber;
    }
    if (current != null) {
      current.onNext(message);
      read();
    }
  }

  /** No more comes. */
  void complete() {
    complete = true;
    end();
  }

  /** No more comes, because something is wrong. */
  void fail(Throwable cause) {
    if (failure == null && !complete) {
      failure = cause;
      end();
    }
  }

  private void end() {
    Flow.Subscriber<? super Message> current;
    synchronized (this) {
      current = cancelled || !(complete || failure != null) ? null : subscriber;
      cancelled = cancelled || current != null;
    }
    if (current != null && failure != null) {
      current.onError(failure);
    } else if (current != null) {
      current.onComplete();
    }
  }
}
