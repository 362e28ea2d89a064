// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import io.grpc.MethodDescriptor.Marshaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Lets a gRPC client send what is no message. */
final class Bytes implements Marshaller<byte[]> {

  static final Marshaller<byte[]> MARSHALLER = new Bytes();

  private Bytes() {}

  @Override
  public InputStream stream(byte[] value) {
    return new ByteArrayInputStream(value);
  }

  @Override
  public byte[] parse(InputStream stream) {
    try {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
