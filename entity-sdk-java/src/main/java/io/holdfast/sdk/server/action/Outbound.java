// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server.action;

import com.google.protobuf.Message;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.wire.RpcType;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Sends what a handler publishes. Asks for one answer at a time, and only while those before have
 * gone out, so that a client that reads slowly slows the handler down.
 */
final class Outbound implements Flow.Subscriber<ReadOnlyEffect<Message>> {

  private final RpcType rpc;
  private final Answering answering;
  private final Executor thread;
  private final Runnable ended;
  private final AtomicBoolean waiting = new AtomicBoolean();
  private volatile Flow.@Nullable Subscription subscription;

  /**
   * @param thread where more is asked for
   * @param ended run when no more answers are to come, or none are taken
   */
  Outbound(RpcType rpc, Answering answering, Executor thread, Runnable ended) {
    this.rpc = rpc;
    this.answering = answering;
    this.thread = thread;
    this.ended = ended;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    if (answering.isOpen()) {
      next();
    } else {
      subscription.cancel();
    }
  }

  @Override
  public void onNext(ReadOnlyEffect<Message> effect) {
    boolean sent;
    try {
      sent = answering.send(rpc, Objects.requireNonNull(effect, "no effect: null"), true);
    } catch (RuntimeException | Error e) {
      onError(e);
      cancel();
      return;
    }
    if (!answering.isOpen()) {
      cancel();
      ended.run();
    } else if (sent) {
      next();
    } else {
      request();
    }
  }

  private void next() {
    waiting.set(true);
    // Both here and in ready(), for it may have become so in between.
    if (answering.isReady() && waiting.compareAndSet(true, false)) {
      request();
    }
  }

  /** The client has read what was sent. */
  void ready() {
    if (waiting.compareAndSet(true, false)) {
      thread.execute(this::request);
    }
  }

  private void request() {
    var current = subscription;
    if (current != null) {
      current.request(1);
    }
  }

  @Override
  public void onError(Throwable failure) {
    answering.thrown(rpc.name(), failure);
    ended.run();
  }

  @Override
  public void onComplete() {
    answering.complete();
    ended.run();
  }

  /** No more is wanted. */
  void cancel() {
    var current = subscription;
    if (current != null) {
      current.cancel();
    }
  }
}
