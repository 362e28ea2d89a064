// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import java.util.Objects;

/**
 * A command that goes to another rpc, of this or of another service of the same function.
 *
 * @param service the full name of its service
 * @param rpc its name, without the service
 * @param message what it takes
 * @param metadata headers that go with it; those of the command in hand do not go along
 */
public record Call(String service, String rpc, Message message, Metadata metadata) {
  public Call {
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(rpc, "rpc");
    Objects.requireNonNull(message, "the message for the rpc to call must not be null");
    Objects.requireNonNull(metadata, "metadata");
  }

  /**
   * A call without headers.
   *
   * @throws IllegalArgumentException if the rpc streams
   */
  public static <C extends Message> Call of(MethodDescriptor<C, ?> rpc, C message) {
    Objects.requireNonNull(rpc, "the rpc to call must not be null");
    if (rpc.getType() != MethodDescriptor.MethodType.UNARY) {
      throw new IllegalArgumentException(
          "rpc %s streams: only unary rpcs can be called".formatted(rpc.getFullMethodName()));
    }
    return new Call(
        Objects.requireNonNull(rpc.getServiceName()),
        Objects.requireNonNull(rpc.getBareMethodName()),
        message,
        Metadata.empty());
  }

  /** The same with these headers, in place of any before. */
  public Call withMetadata(Metadata headers) {
    return new Call(service, rpc, message, headers);
  }
}
