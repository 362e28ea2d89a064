// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import io.holdfast.protocol.Command;
import io.holdfast.protocol.eventsourced.EventSourcedEvent;
import io.holdfast.protocol.eventsourced.EventSourcedInit;
import io.holdfast.protocol.eventsourced.EventSourcedSnapshot;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.protocol.eventsourced.EventSourcedStreamOut;
import java.nio.charset.StandardCharsets;

/** The proxy's end of the stream of an event-sourced entity. */
final class ProxyStream extends StreamEnd<EventSourcedStreamIn, EventSourcedStreamOut> {

  static final String SERVICE = "holdfast.sdk.test.TestCart";
  static final String ENTITY = "c1";

  private long lastCommand;

  ProxyStream send(EventSourcedStreamIn.Builder message) {
    send(message.build());
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
