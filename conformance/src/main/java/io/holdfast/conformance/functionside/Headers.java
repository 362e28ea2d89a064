// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.functionside;

import com.google.protobuf.ByteString;
import io.holdfast.protocol.Metadata;
import io.holdfast.protocol.MetadataEntry;

/** Headers, in gRPC's words and in the protocol's. */
public final class Headers {

  private Headers() {}

  public static io.grpc.Metadata.Key<String> text(String key) {
    return io.grpc.Metadata.Key.of(key, io.grpc.Metadata.ASCII_STRING_MARSHALLER);
  }

  public static io.grpc.Metadata.Key<byte[]> binary(String key) {
    return io.grpc.Metadata.Key.of(key, io.grpc.Metadata.BINARY_BYTE_MARSHALLER);
  }

  public static Metadata metadata(String key, String value) {
    return Metadata.newBuilder().addEntries(entry(key, value)).build();
  }

  public static MetadataEntry entry(String key, String value) {
    return MetadataEntry.newBuilder().setKey(key).setStringValue(value).build();
  }

  public static MetadataEntry entry(String key, ByteString value) {
    return MetadataEntry.newBuilder().setKey(key).setBytesValue(value).build();
  }
}
