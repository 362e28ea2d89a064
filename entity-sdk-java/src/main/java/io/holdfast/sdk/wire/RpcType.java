// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.wire;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.holdfast.sdk.stored.ProtobufType;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One rpc of a service: its name, and how its messages are read and written.
 *
 * @param name the rpc's name, without its service
 * @param requestUrl the type URL that its commands carry
 * @param replyUrl the type URL that its replies carry
 */
public record RpcType(
    String name, String requestUrl, Parser<? extends Message> requests, String replyUrl) {

  /**
   * The rpc, unless something is wrong with it.
   *
   * @param service the one that it ought to belong to
   * @param problems where an obstacle goes, as one sentence
   */
  public static Optional<RpcType> of(
      ServiceDescriptor service, MethodDescriptor<?, ?> method, Consumer<String> problems) {
    String name = Objects.requireNonNull(method.getBareMethodName());
    if (!service.getName().equals(method.getServiceName())) {
      problems.accept("rpc %s belongs to another service".formatted(method.getFullMethodName()));
      return Optional.empty();
    }
    var request = prototype(method.getRequestMarshaller());
    var reply = prototype(method.getResponseMarshaller());
    if (request.isEmpty() || reply.isEmpty()) {
      problems.accept("rpc %s does not carry protobuf messages".formatted(name));
      return Optional.empty();
    }
    return Optional.of(
        new RpcType(
            name,
            ProtobufType.typeUrl(request.get()),
            request.get().getParserForType(),
            ProtobufType.typeUrl(reply.get())));
  }

  private static Optional<Message> prototype(MethodDescriptor.Marshaller<?> marshaller) {
    return marshaller instanceof PrototypeMarshaller<?> messages
            && messages.getMessagePrototype() instanceof Message prototype
        ? Optional.of(prototype)
        : Optional.empty();
  }

  /** What a command's payload has turned out to be. */
  public sealed interface Request {

    /** A message that the rpc takes. */
    record Sound(Message message) implements Request {}

    /** Something else. */
    record Unsound(Status.Code code, String description) implements Request {}
  }

  /** Reads a command's payload. */
  public Request read(Any payload) {
    if (!payload.getTypeUrl().equals(requestUrl)) {
      return new Request.Unsound(
          Status.Code.INTERNAL,
          "%s takes %s but got %s".formatted(name, requestUrl, payload.getTypeUrl()));
    }
    try {
      return new Request.Sound(requests.parseFrom(payload.getValue()));
    } catch (InvalidProtocolBufferException e) {
      return new Request.Unsound(
          Status.Code.INVALID_ARGUMENT,
          "the message of %s is malformed: %s".formatted(name, e.getMessage()));
    }
  }
}
