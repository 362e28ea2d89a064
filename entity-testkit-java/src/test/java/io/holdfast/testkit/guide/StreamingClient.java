// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client's end of a call that streams. */
final class StreamingClient<R> {

  private static final long WAIT_SECONDS = 20;

  private final BlockingQueue<Object> incoming = new LinkedBlockingQueue<>();

  StreamObserver<R> answers() {
    return new StreamObserver<>() {
      @Override
      public void onNext(R message) {
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

  @SuppressWarnings("unchecked") // Only messages and statuses are put there.
  R next() {
    var next = take();
    assertThat(next).isNotInstanceOf(Status.class);
    return (R) next;
  }

  Status end() {
    var next = take();
    assertThat(next).isInstanceOf(Status.class);
    return (Status) next;
  }

  private Object take() {
    try {
      var next = incoming.poll(WAIT_SECONDS, TimeUnit.SECONDS);
      assertThat(next).as("what the proxy sends").isNotNull();
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
