// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Writes the {@code grpc-message} of a status: UTF-8, percent-encoded where not printable ASCII.
 */
final class StatusMessage {

  private static final String HEX = "0123456789ABCDEF";

  private StatusMessage() {}

  static String encode(String message) {
    byte[] bytes = message.getBytes(UTF_8);
    var encoded = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      if (b >= ' ' && b <= '~' && b != '%') {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX.charAt((b >> 4) & 0xF)).append(HEX.charAt(b & 0xF));
      }
    }
    return encoded.toString();
  }
}
