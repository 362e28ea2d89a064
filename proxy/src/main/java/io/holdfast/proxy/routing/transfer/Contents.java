// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing.transfer;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.holdfast.cluster.v1.RoutedContent;
import io.holdfast.cluster.v1.RoutedFailure;
import io.holdfast.protocol.Metadata;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The bytes of {@link RoutedContent}s, made and read without a copy of what is large in them. */
public final class Contents {

  private Contents() {}

  /** Of a command or a reply. */
  public static ByteString of(ByteString payload, Metadata metadata) {
    var rest = RoutedContent.newBuilder();
    if (metadata.getEntriesCount() > 0) {
      rest.setMetadata(metadata);
    }
    return payload.isEmpty()
        ? rest.build().toByteString()
        : payloadHead(payload.size()).concat(payload).concat(rest.build().toByteString());
  }

  /** Of a failure. */
  public static ByteString of(RoutedFailure failure) {
    return RoutedContent.newBuilder().setFailure(failure).build().toByteString();
  }

  /** Reads a content. Whoever calls this leaves the bytes alone from then on. */
  public static RoutedContent read(byte[] bytes) throws InvalidProtocolBufferException {
    CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
    input.enableAliasing(true);
    try {
      return RoutedContent.parseFrom(input);
    } catch (InvalidProtocolBufferException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // What stands before the payload's bytes: the field's tag (number 1, with a length), the length.
  private static ByteString payloadHead(int size) {
    var head = new byte[CodedOutputStream.computeTagSize(RoutedContent.PAYLOAD_FIELD_NUMBER) + 5];
    var output = CodedOutputStream.newInstance(head);
    try {
      output.writeTag(RoutedContent.PAYLOAD_FIELD_NUMBER, 2);
      output.writeUInt32NoTag(size);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ByteString.copyFrom(head, 0, output.getTotalBytesWritten());
  }
}
