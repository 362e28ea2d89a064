// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.function;

import com.google.protobuf.Empty;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import io.holdfast.protocol.EntityDiscoveryGrpc;
import io.holdfast.protocol.UserFunctionError;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells functions what they did wrong, without waiting and without piling up. */
final class ErrorReports {

  private static final Logger LOG = LoggerFactory.getLogger(ErrorReports.class);

  private final Semaphore free;
  private final long timeoutNanos;

  ErrorReports(DiscoverySettings settings) {
    this.free = new Semaphore(settings.reportsMax());
    this.timeoutNanos = settings.reportTimeout().toNanos();
  }

  /** Drops the report when too many are under way: a function that fails that often knows. */
  void send(Channel channel, String message) {
    if (!free.tryAcquire()) {
      LOG.debug("Too many reports are under way, one is dropped");
      return;
    }
    EntityDiscoveryGrpc.newStub(channel)
        .withDeadlineAfter(timeoutNanos, TimeUnit.NANOSECONDS)
        .reportError(UserFunctionError.newBuilder().setMessage(message).build(), new Delivery());
  }

  private final class Delivery implements StreamObserver<Empty> {

    @Override
    public void onNext(Empty received) {}

    @Override
    public void onError(Throwable failure) {
      free.release();
      LOG.debug("The function did not take a report", failure);
    }

    @Override
    public void onCompleted() {
      free.release();
    }
  }
}
