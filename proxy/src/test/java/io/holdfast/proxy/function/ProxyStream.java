// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.function;

import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.holdfast.protocol.eventsourced.EventSourcedGrpc;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.protocol.eventsourced.EventSourcedStreamOut;

/** The proxy's end of an entity's stream, played by a test. */
final class ProxyStream implements StreamObserver<EventSourcedStreamOut> {

  private final Awaited<EventSourcedStreamOut> received = new Awaited<>("message of the function");
  private final Awaited<Status> ended = new Awaited<>("end of the stream");
  private final StreamObserver<EventSourcedStreamIn> toFunction;

  ProxyStream(Channel channel) {
    toFunction = EventSourcedGrpc.newStub(channel).handle(this);
  }

  void send(EventSourcedStreamIn message) {
    toFunction.onNext(message);
  }

  void halfClose() {
    toFunction.onCompleted();
  }

  EventSourcedStreamOut nextMessage() {
    return received.next();
  }

  Status nextEnd() {
    return ended.next();
  }

  @Override
  public void onNext(EventSourcedStreamOut message) {
    received.add(message);
  }

  @Override
  public void onError(Throwable failure) {
    ended.add(Status.fromThrowable(failure));
  }

  @Override
  public void onCompleted() {
    ended.add(Status.OK);
  }
}
