// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.holdfast.protocol.Command;
import io.holdfast.protocol.eventsourced.EventSourcedEvent;
import io.holdfast.protocol.eventsourced.EventSourcedInit;
import io.holdfast.protocol.eventsourced.EventSourcedSnapshot;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.protocol.eventsourced.EventSourcedStreamOut;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The proxy's end of one entity's stream: sends what a test says, and hands out what comes. */
final class ProxyStream {

  static final String SERVICE = "holdfast.sdk.test.TestCart";
  static final String ENTITY = "c1";

  private static final long WAIT_SECONDS = 20;

  private final BlockingQueue<Object> incoming = new LinkedBlockingQueue<>();
  private @Nullable StreamObserver<EventSourcedStreamIn> outgoing;
  private long lastCommand;

  StreamObserver<EventSourcedStreamOut> answers() {
    return new StreamObserver<>() {
      @Override
      public void onNext(EventSourcedStreamOut message) {
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

  void start(StreamObserver<EventSourcedStreamIn> messages) {
    outgoing = messages;
  }

  ProxyStream send(EventSourcedStreamIn.Builder message) {

    Objects.requireNonNull(outgoing).onNext(message.build());
    return this;
  }

  ProxyStream init() {
    return send(EventSourcedStreamIn.newBuilder().setInit(initOf(SERVICE)));
  }

  ProxyStream init(long sequence, Any snapshot) {
    return send(
        EventSourcedStreamIn.newBuilder()
            .setInit(
                initOf(SERVICE)
                    .setSnapshot(
                        EventSourcedSnapshot.newBuilder()
                            .setSnapshotSequence(sequence)
                            .setSnapshot(snapshot))));
  }

  static EventSourcedInit.Builder initOf(String service) {
    return EventSourcedInit.newBuilder().setServiceName(service).setEntityId(ENTITY);
  }

  ProxyStream event(long sequence, Any payload) {
    return send(
        EventSourcedStreamIn.newBuilder()
            .setEvent(EventSourcedEvent.newBuilder().setSequence(sequence).setPayload(payload)));
  }

  ProxyStream command(String name, Message message) {
    return command(commandOf(++lastCommand, name, message));
  }

  ProxyStream command(Command.Builder command) {
    lastCommand = command.getId();
    return send(EventSourcedStreamIn.newBuilder().setCommand(command));
  }

  static Command.Builder commandOf(long id, String name, Message message) {
    return Command.newBuilder()
        .setEntityId(ENTITY)
        .setId(id)
        .setName(name)
        .setPayload(Any.pack(message));
  }

  void halfClose() {

    Objects.requireNonNull(outgoing).onCompleted();
  }

  EventSourcedStreamOut next() {
    var next = take();
    assertThat(next).isInstanceOf(EventSourcedStreamOut.class);
    return (EventSourcedStreamOut) next;
  }

  Status end() {
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

  /** JSON as it is stored, built by hand. */
  static Any json(String name, String text) {
    var json = text.getBytes(StandardCharsets.UTF_8);
    assertThat(json.length).isLessThan(128);
    return Any.newBuilder()
        .setTypeUrl("json.cloudstate.io/" + name)
        .setValue(
            ByteString.copyFrom(new byte[] {0x0a, (byte) json.length})
                .concat(UnsafeByteOperations.unsafeWrap(json)))
        .build();
  }
}
