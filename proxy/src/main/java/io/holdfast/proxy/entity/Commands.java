// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.EntityId;
import java.util.Optional;

/** From the proxy's words to the protocol's, and back. */
public final class Commands {

  private Commands() {}

  static io.holdfast.protocol.Command toFunction(EntityId entity, long id, Command command) {
    return toFunction(entity, id, command, false);
  }

  /**
   * A command as a function is asked to carry it out.
   *
   * @param id counts up from 1 within a stream
   * @param streamed whether its answer may be a stream
   */
  public static io.holdfast.protocol.Command toFunction(
      EntityId entity, long id, Command command, boolean streamed) {
    var message =
        io.holdfast.protocol.Command.newBuilder()
            .setEntityId(entity.shown())
            .setId(id)
            .setName(command.method().name())
            .setPayload(command.typedPayload())
            .setStreamed(streamed);
    if (command.metadata().getEntriesCount() > 0) {
      message.setMetadata(command.metadata());
    }
    return message.build();
  }

  /**
   * Why a command cannot be sent to the function on an entity's stream; empty when it can.
   *
   * @param bytesMax the largest message that the function takes
   */
  public static Optional<String> tooLarge(io.holdfast.protocol.Command command, int bytesMax) {
    int bytes = command.getSerializedSize();
    // Each kind of entity has commands in a field of one byte.
    long message = 1L + CodedOutputStream.computeUInt32SizeNoTag(bytes) + bytes;
    return MessageFit.tooLarge("the command", message, bytesMax);
  }

  /** How a call of the function ended, for people. */
  public static String describe(Status status) {
    String description = status.getDescription();
    return description == null ? status.getCode().name() : status.getCode() + ": " + description;
  }

  /** Whether a call ended because what the function sent is no message of the protocol. */
  public static boolean unreadable(Status status) {
    for (Throwable cause = status.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidProtocolBufferException) {
        return true;
      }
    }
    return false;
  }
}
