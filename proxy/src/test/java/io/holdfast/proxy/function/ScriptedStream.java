// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.function;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.holdfast.protocol.Command;
import io.holdfast.protocol.Failure;
import io.holdfast.protocol.eventsourced.EventSourcedEvent;
import io.holdfast.protocol.eventsourced.EventSourcedInit;
import io.holdfast.protocol.eventsourced.EventSourcedReply;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.protocol.eventsourced.EventSourcedStreamOut;

/**
 * The function's end of one entity's stream, played by a test: it takes what the proxy sent, in
 * order, and says what it likes.
 */
public final class ScriptedStream implements StreamObserver<EventSourcedStreamIn> {

  private final StreamObserver<EventSourcedStreamOut> toProxy;
  private final Awaited<EventSourcedStreamIn> received = new Awaited<>("message on the stream");
  private final Awaited<Status> ended = new Awaited<>("end of the stream");

  ScriptedStream(StreamObserver<EventSourcedStreamOut> toProxy) {
    this.toProxy = toProxy;
  }

  /** The next message, whatever it is. */
  public EventSourcedStreamIn next() {
    return received.next();
  }

  public EventSourcedInit nextInit() {
    var message = next();
    require(message.hasInit(), "init", message);
    return message.getInit();
  }

  public EventSourcedEvent nextEvent() {
    var message = next();
    require(message.hasEvent(), "an event", message);
    return message.getEvent();
  }

  public Command nextCommand() {
    var message = next();
    require(message.hasCommand(), "a command", message);
    return message.getCommand();
  }

  /** OK when the proxy half-closed the stream; else why it was cut off. */
  public Status nextEnd() {
    return ended.next();
  }

  public synchronized void send(EventSourcedStreamOut message) {
    toProxy.onNext(message);
  }

  public void reply(EventSourcedReply reply) {
    send(EventSourcedStreamOut.newBuilder().setReply(reply).build());
  }

  public void fail(Failure failure) {
    send(EventSourcedStreamOut.newBuilder().setFailure(failure).build());
  }

  /** Ends the function's side in peace. */
  public synchronized void complete() {
    toProxy.onCompleted();
  }

  /** Ends the stream with an error. */
  public synchronized void breakOff(Status status) {
    toProxy.onError(status.asRuntimeException());
  }

  @Override
  public void onNext(EventSourcedStreamIn message) {
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

  private static void require(boolean met, String expected, EventSourcedStreamIn message) {
    if (!met) {
      throw new AssertionError("expected " + expected + " but the proxy sent " + message);
    }
  }
}
