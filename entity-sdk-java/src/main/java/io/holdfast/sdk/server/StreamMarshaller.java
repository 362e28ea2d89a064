// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the proxy's messages with one copy instead of two: the payloads inside are views of the
 * bytes that were read.
 */
final class StreamMarshaller implements Marshaller<EventSourcedStreamIn> {

  private static final Marshaller<EventSourcedStreamIn> WRITER =
      ProtoUtils.marshaller(EventSourcedStreamIn.getDefaultInstance());

  @Override
  public InputStream stream(EventSourcedStreamIn message) {
    return WRITER.stream(message);
  }

  @Override
  public EventSourcedStreamIn parse(InputStream stream) {
    try {
      byte[] bytes =
          stream instanceof KnownLength
              ? stream.readNBytes(stream.available())
              : stream.readAllBytes();
      var in = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
      // Nobody else has these bytes, so views of them are safe.
      in.enableAliasing(true);
      return EventSourcedStreamIn.parser().parseFrom(in);
    } catch (InvalidProtocolBufferException e) {
      throw Status.INTERNAL.withDescription("malformed message").withCause(e).asRuntimeException();
    } catch (IOException e) {
      throw Status.INTERNAL.withDescription("unreadable message").withCause(e).asRuntimeException();
    }
  }
}
