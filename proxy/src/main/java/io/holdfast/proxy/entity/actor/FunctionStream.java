// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.actor;

import akka.actor.Cancellable;
import akka.actor.Scheduler;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContext;

/**
 * One bidirectional stream to the function. Sent to by one thread at a time; what the function says
 * is handed to the listener on the transport's thread, which must not be held up.
 *
 * @param <I> what the proxy says
 * @param <O> what the function says
 */
public final class FunctionStream<I, O> {

  /** Told what happens on a stream. Called by the transport's thread: pass it on and return. */
  public interface Listener<O> {

    void onMessage(O message);

    /** Called once, last. */
    void onClose(Status status);
  }

  private final ClientCall<I, O> call;
  private volatile @Nullable Runnable whenReady;
  private volatile @Nullable Cancellable impatience;
  private volatile boolean closed;
  private volatile boolean ended;

  private FunctionStream(ClientCall<I, O> call) {
    this.call = call;
  }

  public static <I, O> FunctionStream<I, O> open(
      Channel channel, MethodDescriptor<I, O> method, Executor executor, Listener<O> listener) {
    var stream =
        new FunctionStream<>(channel.newCall(method, CallOptions.DEFAULT.withExecutor(executor)));
    stream.start(listener);
    return stream;
  }

  private void start(Listener<O> listener) {
    call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onMessage(O message) {
            listener.onMessage(message);
            call.request(1);
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            closed = true;
            Cancellable pending = impatience;
            if (pending != null) {
              pending.cancel();
            }
            listener.onClose(status);
          }

          @Override
          public void onReady() {
            Runnable action = whenReady;
            if (action != null) {
              action.run();
            }
          }
        },
        new Metadata());
    call.request(1);
  }

  /** Sends a message; to no effect once our side of the stream has ended. */
  public void send(I message) {
    if (ended) {
      return;
    }
    try {
      call.sendMessage(message);
    } catch (IllegalStateException e) {
      // A recovery sends from another thread than the one that ends the stream.
      if (!ended) {
        throw e;
      }
    }
  }

  /** Whether the transport would send more without queueing it. */
  public boolean isReady() {
    return call.isReady();
  }

  /**
   * Has {@code action} called, on the transport's thread, each time the stream becomes ready again.
   */
  public void whenReady(Runnable action) {
    whenReady = action;
  }

  /**
   * Closes our side. The function has {@code patience} to close its own; then the stream is
   * cancelled.
   */
  public void halfClose(Duration patience, Scheduler scheduler, ExecutionContext executor) {
    ended = true;
    call.halfClose();
    Cancellable pending =
        scheduler.scheduleOnce(
            patience,
            () -> call.cancel("the function did not end its side of the stream in time", null),
            executor);
    impatience = pending;
    if (closed) {
      pending.cancel();
    }
  }

  public void cancel(String reason) {
    ended = true;
    call.cancel(reason, null);
  }
}
