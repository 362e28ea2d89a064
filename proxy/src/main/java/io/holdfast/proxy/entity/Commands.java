// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity;

import com.google.protobuf.Any;
import io.grpc.Status;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;

/** From the proxy's words for commands and their endings to the protocol's, and back. */
final class Commands {

  private Commands() {}

  static io.holdfast.protocol.Command toFunction(EntityId entity, long id, Command command) {
    var message =
        io.holdfast.protocol.Command.newBuilder()
            .setEntityId(entity.shown())
            .setId(id)
            .setName(command.method().name())
            .setPayload(
                Any.newBuilder()
                    .setTypeUrl(command.method().inputTypeUrl())
                    .setValue(command.payload()));
    if (command.metadata().getEntriesCount() > 0) {
      message.setMetadata(command.metadata());
    }
    return message.build();
  }

  /** A failure that the function chose. Without a code that gRPC knows, it is {@code UNKNOWN}. */
  static Outcome failed(io.holdfast.protocol.Failure failure) {
    Status.Code code = Status.fromCodeValue(failure.getGrpcStatusCode()).getCode();
    return new Outcome.Failed(
        Failure.refused(
            code == Status.Code.OK ? Status.Code.UNKNOWN : code, failure.getDescription()));
  }

  static String describe(Status status) {
    String description = status.getDescription();
    return description == null ? status.getCode().name() : status.getCode() + ": " + description;
  }
}
