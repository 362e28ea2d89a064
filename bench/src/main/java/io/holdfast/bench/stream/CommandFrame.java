// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.stream;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.holdfast.bench.v1.CounterGrpc;
import io.holdfast.bench.v1.Increase;
import io.holdfast.protocol.Command;
import io.holdfast.protocol.eventsourced.EventSourcedInit;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Encodes what goes to the function on the stream of one counter. The parts of a command that never
 * change are encoded once; only its id and payload are written per command.
 */
final class CommandFrame {

  private static final byte[] NAME = bytes(CounterGrpc.getIncreaseMethod().getBareMethodName());
  private static final byte[] TYPE_URL =
      bytes("type.googleapis.com/" + Increase.getDescriptor().getFullName());

  private static final int COMMAND = EventSourcedStreamIn.COMMAND_FIELD_NUMBER;
  private static final int ANY_TYPE_URL = com.google.protobuf.Any.TYPE_URL_FIELD_NUMBER;
  private static final int ANY_VALUE = com.google.protobuf.Any.VALUE_FIELD_NUMBER;

  private static final int NAME_SIZE = sizeOf(Command.NAME_FIELD_NUMBER, NAME.length);
  private static final int TYPE_URL_SIZE = sizeOf(ANY_TYPE_URL, TYPE_URL.length);

  private final byte[] entityId;
  private final int entityIdSize;

  CommandFrame(String entityId) {
    this.entityId = bytes(entityId);
    this.entityIdSize = sizeOf(Command.ENTITY_ID_FIELD_NUMBER, this.entityId.length);
  }

  /** The stream's first message: an entity without a snapshot. */
  static byte[] init(String entityId) {
    return EventSourcedStreamIn.newBuilder()
        .setInit(
            EventSourcedInit.newBuilder()
                .setServiceName(CounterGrpc.SERVICE_NAME)
                .setEntityIdBytes(ByteString.copyFromUtf8(entityId)))
        .build()
        .toByteArray();
  }

  byte[] command(long id, byte[] payload) {
    int anySize = TYPE_URL_SIZE + sizeOf(ANY_VALUE, payload.length);
    int commandSize =
        entityIdSize
            + CodedOutputStream.computeInt64Size(Command.ID_FIELD_NUMBER, id)
            + NAME_SIZE
            + sizeOf(Command.PAYLOAD_FIELD_NUMBER, anySize);
    var frame = new byte[sizeOf(COMMAND, commandSize)];
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(frame);
      out.writeTag(COMMAND, 2);
      out.writeUInt32NoTag(commandSize);
      out.writeByteArray(Command.ENTITY_ID_FIELD_NUMBER, entityId);
      out.writeInt64(Command.ID_FIELD_NUMBER, id);
      out.writeByteArray(Command.NAME_FIELD_NUMBER, NAME);
      out.writeTag(Command.PAYLOAD_FIELD_NUMBER, 2);
      out.writeUInt32NoTag(anySize);
      out.writeByteArray(ANY_TYPE_URL, TYPE_URL);
      out.writeByteArray(ANY_VALUE, payload);
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return frame;
  }

  private static int sizeOf(int field, int length) {
    return CodedOutputStream.computeTagSize(field)
        + CodedOutputStream.computeUInt32SizeNoTag(length)
        + length;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
