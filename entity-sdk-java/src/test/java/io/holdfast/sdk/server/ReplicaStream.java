// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import io.holdfast.protocol.Command;
import io.holdfast.protocol.StreamCancelled;
import io.holdfast.protocol.crdt.CrdtDelete;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.CrdtInit;
import io.holdfast.protocol.crdt.CrdtStreamIn;
import io.holdfast.protocol.crdt.CrdtStreamOut;
import io.holdfast.protocol.crdt.ORSetDelta;

/** The proxy's end of the stream of a replicated entity. */
final class ReplicaStream extends StreamEnd<CrdtStreamIn, CrdtStreamOut> {

  static final String SERVICE = "holdfast.sdk.test.Rooms";
  static final String ENTITY = "r1";

  private long lastCommand;

  ReplicaStream init() {
    send(CrdtStreamIn.newBuilder().setInit(initOf()).build());
    return this;
  }

  ReplicaStream init(CrdtDelta state) {
    send(CrdtStreamIn.newBuilder().setInit(initOf().setDelta(state)).build());
    return this;
  }

  private static CrdtInit.Builder initOf() {
    return CrdtInit.newBuilder().setServiceName(SERVICE).setEntityId(ENTITY);
  }

  ReplicaStream command(String name, Message message) {
    return command(commandOf(++lastCommand, name, message));
  }

  ReplicaStream streamed(String name, Message message) {
    return command(commandOf(++lastCommand, name, message).setStreamed(true));
  }

  ReplicaStream command(Command.Builder command) {
    lastCommand = command.getId();
    send(CrdtStreamIn.newBuilder().setCommand(command).build());
    return this;
  }

  static Command.Builder commandOf(long id, String name, Message message) {
    return Command.newBuilder()
        .setEntityId(ENTITY)
        .setId(id)
        .setName(name)
        .setPayload(Any.pack(message));
  }

  ReplicaStream delta(CrdtDelta delta) {
    send(CrdtStreamIn.newBuilder().setDelta(delta).build());
    return this;
  }

  ReplicaStream delete() {
    send(CrdtStreamIn.newBuilder().setDelete(CrdtDelete.getDefaultInstance()).build());
    return this;
  }

  ReplicaStream cancel(long command) {
    send(
        CrdtStreamIn.newBuilder()
            .setStreamCancelled(StreamCancelled.newBuilder().setEntityId(ENTITY).setId(command))
            .build());
    return this;
  }

  static CrdtDelta added(String... persons) {
    var delta = ORSetDelta.newBuilder();
    for (String person : persons) {
      delta.addAdded(any(person));
    }
    return CrdtDelta.newBuilder().setOrset(delta).build();
  }

  static CrdtDelta removed(String person) {
    return CrdtDelta.newBuilder().setOrset(ORSetDelta.newBuilder().addRemoved(any(person))).build();
  }

  /** A string as it is stored, built by hand. */
  static Any any(String text) {
    ByteString bytes = StringValue.of(text).toByteString();
    return Any.newBuilder().setTypeUrl("p.cloudstate.io/string").setValue(bytes).build();
  }
}
