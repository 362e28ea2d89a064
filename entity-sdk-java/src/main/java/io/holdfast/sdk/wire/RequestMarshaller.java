// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.wire;

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
 * <p>It never fails on what it reads. gRPC would end a call by itself whose message cannot be read,
 * and not say so: what a handler answers then would begin a second answer on the same stream, which
 * costs the whole connection.
 *
 * @param <M> the message
 */
public final class RequestMarshaller<M extends Message> implements Marshaller<M> {

  private final Marshaller<M> writer;
  private final Parser<M> parser;
  private final M unreadable;

  /**
   * @param unreadable stands for what cannot be read; never equal to what a proxy sends
   */
  @SuppressWarnings("unchecked") // A message's parser makes messages of its class.
  public RequestMarshaller(M unreadable) {
    this.writer = ProtoUtils.marshaller(unreadable);
    this.parser = (Parser<M>) unreadable.getParserForType();
    this.unreadable = unreadable;
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
      return unreadable;
    } catch (IOException e) {
      throw Status.INTERNAL.withDescription("unreadable message").withCause(e).asRuntimeException();
    }
  }
}
