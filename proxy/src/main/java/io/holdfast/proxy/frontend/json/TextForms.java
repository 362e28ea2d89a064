// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.json;

import com.google.protobuf.Descriptors.Descriptor;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The texts that the proto3 JSON mapping has for numbers, times and field masks. The libraries that
 * read them take more: digits of any script, days that no month has.
 */
final class TextForms {

  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?");
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.[0-9]{1,9})?"
              + "(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])");
  private static final Pattern DURATION = Pattern.compile("-?[0-9]{1,12}(?:\\.[0-9]{1,9})?s");
  private static final Pattern FIELD_MASK =
      Pattern.compile("(?:(?:^|,)[a-z][a-zA-Z0-9]*(?:\\.[a-z][a-zA-Z0-9]*)*)*");

  private TextForms() {}

  /** A number as JSON writes it. */
  static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  /**
   * @param type Timestamp, Duration or FieldMask
   */
  static boolean fits(Descriptor type, String text) {
    return switch (type.getName()) {
      case "Timestamp" -> isTimestamp(text);
      case "Duration" -> DURATION.matcher(text).matches();
      case "FieldMask" -> FIELD_MASK.matcher(text).matches();
      default -> throw new IllegalArgumentException(type.getFullName());
    };
  }

  private static boolean isTimestamp(String text) {
    Matcher parts = TIMESTAMP.matcher(text);
    if (!parts.matches()) {
      return false;
    }
    var numbers = new int[parts.groupCount()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Integer.parseInt(parts.group(i + 1));
    }
    int at = 0;
    try {
      LocalDateTime.of(
          numbers[at++], numbers[at++], numbers[at++], numbers[at++], numbers[at++], numbers[at]);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
