// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the proxy's messages with one copy instead of two: the payloads inside are views of the
 * bytes that were read.
 *
 * <p>What cannot be read is taken for the empty message, which the protocol does not have either.
 * gRPC would end such a stream by itself and not say so: what a handler answers then would begin a
 * second answer on the same stream, which costs the whole connection.
 *
 * @param <M> the message
 */
final class StreamMarshaller<M extends Message> implements Marshaller<M> {

  private final Marshaller<M> writer;
  private final Parser<M> parser;
  private final M empty;

  @SuppressWarnings("unchecked") // A message's parser makes messages of its class.
  StreamMarshaller(M prototype) {
    this.writer = ProtoUtils.marshaller(prototype);
    this.parser = (Parser<M>) prototype.getParserForType();
    this.empty = (M) prototype.getDefaultInstanceForType();
  }

  @Override
  public InputStream stream(M message) {
    return writer.stream(message);
  }

  @Override
  public M parse(InputStream stream) {
    try {
      byte[] bytes =
          stream instanceof KnownLength
              ? stream.readNBytes(stream.available())
              : stream.readAllBytes();
      var in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
      // Nobody else has these bytes, so views of them are safe.
      in.enableAliasing(true);
      return parser.parseFrom(in);
    } catch (InvalidProtocolBufferException e) {
      return empty;
    } catch (IOException e) {
      throw Status.INTERNAL.withDescription("unreadable message").withCause(e).asRuntimeException();
    }
  }
}
