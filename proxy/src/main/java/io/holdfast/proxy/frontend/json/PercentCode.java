// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Takes percent-encoding off. What is no encoding stays as it is. */
final class PercentCode {

  private static final int HEX = 16;

  private PercentCode() {}

  /** A segment of a path. */
  static String decode(String text) {
    return decode(text, false, false);
  }

  /** Part of a value that spans segments: an encoded slash is not the same as a slash. */
  static String decodeButSlash(String text) {
    return decode(text, true, false);
  }

  /** A name or a value in a query, where a plus is a space. */
  static String decodeQuery(String text) {
    return decode(text, false, true);
  }

  private static String decode(String text, boolean keepSlash, boolean plusIsSpace) {
    if (text.indexOf('%') < 0 && !(plusIsSpace && text.indexOf('+') >= 0)) {
      return text;
    }
    byte[] bytes = text.getBytes(UTF_8);
    var decoded = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int b = bytes[i];
      if (b == '%' && i + 2 < bytes.length) {
        int high = Character.digit(bytes[i + 1], HEX);
        int low = Character.digit(bytes[i + 2], HEX);
        int value = high * HEX + low;
        if (high >= 0 && low >= 0 && !(keepSlash && value == '/')) {
          b = value;
          i += 2;
        }
      } else if (b == '+' && plusIsSpace) {
        b = ' ';
      }
      decoded.write(b);
    }
    return decoded.toString(UTF_8);
  }
}
