// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.wire;

import com.google.protobuf.ByteString;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Messages as the bytes that they are on the wire, so that a suite can send what is no message. */
public enum RawBytes implements Marshaller<ByteString> {
  RAW_BYTES;

  /** What no message can be: a field whose length goes past the end. */
  public static final ByteString GARBAGE = ByteString.copyFrom(new byte[] {10, 127, 1, 2, 3});

  /** That method, its requests as bytes. */
  public static <R> MethodDescriptor<ByteString, R> requests(MethodDescriptor<?, R> method) {
    return method.toBuilder(RAW_BYTES, method.getResponseMarshaller()).build();
  }

  /** That method, its responses as bytes. */
  public static <Q> MethodDescriptor<Q, ByteString> responses(MethodDescriptor<Q, ?> method) {
    return method.toBuilder(method.getRequestMarshaller(), RAW_BYTES).build();
  }

  @Override
  public InputStream stream(ByteString bytes) {
    return bytes.newInput();
  }

  @Override
  public ByteString parse(InputStream stream) {
    try {
      return ByteString.readFrom(stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
