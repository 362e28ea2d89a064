// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.grpc;

import io.holdfast.proxy.frontend.call.CallCodec;
import org.jspecify.annotations.Nullable;

/** Tells by the content type in which form of gRPC a client speaks. */
public final class GrpcDialects {

  private static final String PREFIX = "application/grpc";

  private final CallCodec grpc;
  private final CallCodec web;
  private final CallCodec webText;

  public GrpcDialects(int messageBytesMax) {
    grpc = new GrpcCodec(messageBytesMax);
    web = new GrpcWebCodec(messageBytesMax, false);
    webText = new GrpcWebCodec(messageBytesMax, true);
  }

  /** Whether the client speaks gRPC at all, if only in a form that has no codec here. */
  public static boolean isGrpc(@Nullable String contentType) {
    return contentType != null && contentType.startsWith(PREFIX);
  }

  /** The codec for a content type that {@link #isGrpc}; null for forms other than protobuf. */
  public @Nullable CallCodec codec(String contentType) {
    if (contentType.length() == PREFIX.length()) {
      return grpc;
    }
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters).trim();
    return switch (type.substring(PREFIX.length())) {
      case "", "+proto" -> grpc;
      case "-web", "-web+proto" -> web;
      case "-web-text", "-web-text+proto" -> webText;
      default -> null;
    };
  }
}
