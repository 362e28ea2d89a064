// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.command;

import com.google.protobuf.ByteString;
import io.grpc.Deadline;
import io.holdfast.protocol.Metadata;
import java.util.Objects;

/**
 * What a client asks of an entity.
 *
 * @param payload the client's message, bytes unchanged
 * @param metadata the client's own request headers; the default instance when there are none
 * @param deadline when the client stops waiting; a command that no function has seen by then is
 *     dropped
 */
public record Command(
    EntityId entity,
    CommandMethod method,
    ByteString payload,
    Metadata metadata,
    Deadline deadline) {

  public Command {
    Objects.requireNonNull(entity, "entity");
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(payload, "payload");
    Objects.requireNonNull(metadata, "metadata");
    Objects.requireNonNull(deadline, "deadline");
  }
}
