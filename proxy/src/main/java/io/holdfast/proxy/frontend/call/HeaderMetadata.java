// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.call;

import com.google.protobuf.ByteString;
import com.linecorp.armeria.common.HttpHeadersBuilder;
import com.linecorp.armeria.common.RequestHeaders;
import io.holdfast.protocol.Metadata;
import io.holdfast.protocol.MetadataEntry;
import io.netty.util.AsciiString;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a client's own headers into metadata, and a reply's metadata into headers. */
public final class HeaderMetadata {

  private static final Set<String> TRANSPORT =
      Set.of(
          "te",
          "host",
          "connection",
          "content-type",
          "content-length",
          "content-encoding",
          "user-agent",
          "keep-alive",
          "proxy-connection",
          "transfer-encoding",
          "trailer",
          "upgrade",
          "http2-settings",
          "expect");
  private static final String BINARY_SUFFIX = "-bin";

  private HeaderMetadata() {}

  /**
   * The headers that are not the transport's, in their order.
   *
   * @throws RefusedCallException when a binary header is not base64
   */
  public static Metadata read(RequestHeaders headers) throws RefusedCallException {
    Metadata.@Nullable Builder metadata = null;
    for (Map.Entry<AsciiString, String> header : headers) {
      String key = header.getKey().toString();
      if (isTransport(key)) {
        continue;
      }
      if (metadata == null) {
        metadata = Metadata.newBuilder();
      }
      if (key.endsWith(BINARY_SUFFIX)) {
        // One header may carry several binary values, joined by commas.
        for (String value : header.getValue().split(",", -1)) {
          metadata.addEntries(
              MetadataEntry.newBuilder().setKey(key).setBytesValue(decode(key, value.trim())));
        }
      } else {
        metadata.addEntries(
            MetadataEntry.newBuilder().setKey(key).setStringValue(header.getValue()));
      }
    }
    return metadata == null ? Metadata.getDefaultInstance() : metadata.build();
  }

  /** Adds the entries that may be headers; those that the transport owns are left out. */
  public static void write(Metadata metadata, HttpHeadersBuilder headers) {
    for (MetadataEntry entry : metadata.getEntriesList()) {
      String key = entry.getKey().toLowerCase(Locale.ROOT);
      if (!isHeaderName(key) || isTransport(key)) {
        continue;
      }
      switch (entry.getValueCase()) {
        case STRING_VALUE -> {
          if (isHeaderValue(entry.getStringValue())) {
            headers.add(key, entry.getStringValue());
          }
        }
        case BYTES_VALUE ->
            headers.add(
                key,
                Base64.getEncoder()
                    .withoutPadding()
                    .encodeToString(entry.getBytesValue().toByteArray()));
        case VALUE_NOT_SET -> headers.add(key, "");
      }
    }
  }

  private static ByteString decode(String key, String value) throws RefusedCallException {
    try {
      return ByteString.copyFrom(Base64.getDecoder().decode(value));
    } catch (IllegalArgumentException e) {
      throw RefusedCallException.invalid("header " + key + " is not base64");
    }
  }

  private static boolean isTransport(String key) {
    return key.isEmpty()
        || key.charAt(0) == ':'
        || key.startsWith("accept")
        || key.startsWith("grpc-")
        || TRANSPORT.contains(key);
  }

  private static boolean isHeaderName(String key) {
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      boolean allowed =
          (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
      if (!allowed) {
        return false;
      }
    }
    return !key.isEmpty();
  }

  private static boolean isHeaderValue(String value) {
    return value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c <= '~'));
  }
}
