// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.command;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.grpc.Deadline;
import io.holdfast.protocol.Metadata;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What a client asks of an entity, or one entity of another.
 *
 * @param payload the client's message, bytes unchanged
 * @param metadata the client's own request headers; the default instance when there are none
 * @param deadline when the client stops waiting; a command that no function has seen by then is
 *     dropped. {@link #UNBOUNDED} when it waits for ever, as it may for a stream
 * @param hops how many forwards and side effects led from a client's command to this one
 */
public record Command(
    EntityId entity,
    CommandMethod method,
    ByteString payload,
    Metadata metadata,
    Deadline deadline,
    int hops) {

  /** The deadline of a client that has none. */
  public static final Deadline UNBOUNDED = Deadline.after(Long.MAX_VALUE, TimeUnit.NANOSECONDS);

  public Command {
    Objects.requireNonNull(entity, "entity");
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(payload, "payload");
    Objects.requireNonNull(metadata, "metadata");
    Objects.requireNonNull(deadline, "deadline");
    if (hops < 0) {
      throw new IllegalArgumentException("hops must not be negative: " + hops);
    }
  }

  /** Whether the client stops waiting at some time. */
  public boolean bounded() {
    return bounds(deadline);
  }

  /** Whether {@code deadline} is any but {@link #UNBOUNDED}. */
  @SuppressWarnings("ReferenceEquality") // That deadline and no other means none.
  public static boolean bounds(Deadline deadline) {
    return deadline != UNBOUNDED;
  }

  /** The payload as the function gets it, under the type that the method takes. */
  public Any typedPayload() {
    return Any.newBuilder().setTypeUrl(method.inputTypeUrl()).setValue(payload).build();
  }

  /** A client's own command. */
  public Command(
      EntityId entity,
      CommandMethod method,
      ByteString payload,
      Metadata metadata,
      Deadline deadline) {
    this(entity, method, payload, metadata, deadline, 0);
  }
}
