// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * Takes percent-encoding off. Bytes that are no UTF-8 would all become one replacement character,
 * and different keys the same one: whoever decodes asks {@link #isText} before.
 */
final class PercentCode {

  private static final int HEX = 16;
  private static final int BYTE_MAX = 0xff;

  private PercentCode() {}

  /** Whether this is UTF-8 once it is decoded, and every percent sign encodes a byte. */
  static boolean isText(String encoded) {
    if (isPlain(encoded)) {
      return true;
    }
    for (int at = encoded.indexOf('%'); at >= 0; at = encoded.indexOf('%', at + 1)) {
      if (at + 2 >= encoded.length() || !isHex(encoded, at + 1) || !isHex(encoded, at + 2)) {
        return false;
      }
    }
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(encoded, false, false)));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static boolean isPlain(String encoded) {
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%' || c > Byte.MAX_VALUE) {
        return false;
      }
    }
    return true;
  }

  private static boolean isHex(String text, int at) {
    char c = text.charAt(at);
    return c <= Byte.MAX_VALUE && Character.digit(c, HEX) >= 0;
  }

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
    if (isPlain(text) && !(plusIsSpace && text.indexOf('+') >= 0)) {
      return text;
    }
    return new String(bytes(text, keepSlash, plusIsSpace), UTF_8);
  }

  private static byte[] bytes(String text, boolean keepSlash, boolean plusIsSpace) {
    byte[] bytes = sent(text);
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
    return decoded.toByteArray();
  }

  // What a client sent without encoding it comes as one char for each byte.
  private static byte[] sent(String text) {
    boolean bytes = text.chars().allMatch(c -> c <= BYTE_MAX);
    return text.getBytes(bytes ? ISO_8859_1 : UTF_8);
  }
}
