// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The proxy's end of one entity's stream: sends what a test says, and hands out what comes.
 *
 * @param <I> what the proxy sends
 * @param <O> what it gets
 */
public class StreamEnd<I, O> {

  private static final long WAIT_SECONDS = 20;

  private final BlockingQueue<Object> incoming = new LinkedBlockingQueue<>();
  private @Nullable StreamObserver<I> outgoing;

  public final StreamObserver<O> answers() {
    return new StreamObserver<>() {
      @Override
      public void onNext(O message) {
        incoming.add(message);
      }

      @Override
      public void onError(Throwable failure) {
        incoming.add(Status.fromThrowable(failure));
      }

      @Override
      public void onCompleted() {
        incoming.add(Status.OK);
      }
    };
  }

  public final void start(StreamObserver<I> messages) {
    outgoing = messages;
  }

  public final void send(I message) {
    Objects.requireNonNull(outgoing).onNext(message);
  }

  public final void halfClose() {
    Objects.requireNonNull(outgoing).onCompleted();
  }

  @SuppressWarnings("unchecked") // Only messages and statuses are put there.
  public final O next() {
    var next = take();
    assertThat(next).isNotInstanceOf(Status.class);
    return (O) next;
  }

  public final Status end() {
    var next = take();
    assertThat(next).isInstanceOf(Status.class);
    return (Status) next;
  }

  private Object take() {
    try {
      var next = incoming.poll(WAIT_SECONDS, TimeUnit.SECONDS);
      assertThat(next).as("what the function sends").isNotNull();
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
