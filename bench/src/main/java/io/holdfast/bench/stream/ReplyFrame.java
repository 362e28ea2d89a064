// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.stream;

import com.google.protobuf.Any;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.Reply;
import io.holdfast.protocol.eventsourced.EventSourcedReply;
import io.holdfast.protocol.eventsourced.EventSourcedStreamOut;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What the baselines need of a message from the function, found by walking its bytes.
 *
 * @param commandId the command that it answers; 0 if it answers none
 * @param payload the reply's own bytes; null if the message is anything but a reply to the client
 */
@SuppressWarnings("ArrayRecordComponent") // Lives for one call and is never compared.
record ReplyFrame(long commandId, byte @Nullable [] payload) {

  private static final int[] TO_PAYLOAD = {
    ClientAction.REPLY_FIELD_NUMBER, Reply.PAYLOAD_FIELD_NUMBER, Any.VALUE_FIELD_NUMBER
  };
  private static final byte[] EMPTY = {};

  static ReplyFrame parse(byte[] message) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(message);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == EventSourcedStreamOut.REPLY_FIELD_NUMBER) {
        in.pushLimit(in.readRawVarint32());
        return reply(in);
      }
      in.skipField(tag);
    }
    return new ReplyFrame(0, null);
  }

  private static ReplyFrame reply(CodedInputStream in) throws IOException {
    long commandId = 0;
    byte[] payload = null;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case EventSourcedReply.COMMAND_ID_FIELD_NUMBER -> commandId = in.readInt64();
        case EventSourcedReply.CLIENT_ACTION_FIELD_NUMBER -> payload = descend(in, 0);
        default -> in.skipField(tag);
      }
    }
    return new ReplyFrame(commandId, payload);
  }

  /** Reads one message on the way to the payload, and those within it. */
  private static byte @Nullable [] descend(CodedInputStream in, int depth) throws IOException {
    boolean innermost = depth == TO_PAYLOAD.length - 1;
    // A message without fields has no bytes: the field that holds them is then left out.
    byte[] found = innermost ? EMPTY : null;
    int outer = in.pushLimit(in.readRawVarint32());
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) != TO_PAYLOAD[depth]) {
        in.skipField(tag);
      } else {
        found = innermost ? in.readByteArray() : descend(in, depth + 1);
      }
    }
    in.popLimit(outer);
    return found;
  }
}
