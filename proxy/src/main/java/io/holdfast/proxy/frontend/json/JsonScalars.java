// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.holdfast.proxy.frontend.call.RefusedCallException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Turns JSON values into those of fields that are no messages, by the proto3 JSON mapping. */
final class JsonScalars {

  // Enough for any double; an exponent without bound would take memory without bound.
  private static final int SCALE_MAX = 1100;
  private static final int NUMBER_CHARS_MAX = 1100;
  private static final Map<String, Double> SPECIAL_DOUBLES =
      Map.of(
          "NaN", Double.NaN,
          "Infinity", Double.POSITIVE_INFINITY,
          "-Infinity", Double.NEGATIVE_INFINITY);
  private static final BigInteger UINT32_MAX =
      BigInteger.ONE.shiftLeft(32).subtract(BigInteger.ONE);
  private static final BigInteger UINT64_MAX =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private JsonScalars() {}

  /**
   * @param where names the value in what is refused
   */
  static Object read(FieldDescriptor field, JsonNode node, String where)
      throws RefusedCallException {
    return value(field, node)
        .orElseThrow(
            () ->
                RefusedCallException.invalid(where + ": " + shown(node) + " is no " + type(field)));
  }

  /** The same from text without quotes, as in a path or a query. */
  static Object readText(FieldDescriptor field, String text, String where)
      throws RefusedCallException {
    JsonNode node = TextNode.valueOf(text);
    if (field.getType() == FieldDescriptor.Type.BOOL
        && (text.equals("true") || text.equals("false"))) {
      node = BooleanNode.valueOf(text.equals("true"));
    } else if (field.getType() == FieldDescriptor.Type.ENUM
        && field.getEnumType().findValueByName(text) == null) {
      Optional<BigInteger> number = integer(node).filter(n -> n.bitLength() < Integer.SIZE);
      node = number.isPresent() ? IntNode.valueOf(number.get().intValue()) : node;
    }
    return read(field, node, where);
  }

  private static Optional<Object> value(FieldDescriptor field, JsonNode node) {
    return switch (field.getType()) {
      case STRING -> text(node);
      case BYTES -> bytes(node);
      case BOOL -> node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty();
      case ENUM -> enumValue(field, node);
      case INT32, SINT32, SFIXED32 ->
          integer(node).filter(n -> n.bitLength() < Integer.SIZE).map(BigInteger::intValue);
      case INT64, SINT64, SFIXED64 ->
          integer(node).filter(n -> n.bitLength() < Long.SIZE).map(BigInteger::longValue);
      case UINT32, FIXED32 ->
          integer(node).filter(n -> isUnsigned(n, UINT32_MAX)).map(BigInteger::intValue);
      case UINT64, FIXED64 ->
          integer(node).filter(n -> isUnsigned(n, UINT64_MAX)).map(BigInteger::longValue);
      case DOUBLE -> floating(node).map(d -> d);
      case FLOAT ->
          floating(node)
              .filter(d -> Double.isInfinite(d) || !Float.isInfinite(d.floatValue()))
              .map(Double::floatValue);
      case MESSAGE, GROUP -> throw new IllegalArgumentException(field.getFullName());
    };
  }

  private static Optional<Object> text(JsonNode node) {
    return node.isTextual() && isText(node.textValue())
        ? Optional.of(node.textValue())
        : Optional.empty();
  }

  /** Whether it can be written as UTF-8: an escape in JSON may be half a character. */
  static boolean isText(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static Optional<Object> bytes(JsonNode node) {
    if (!node.isTextual()) {
      return Optional.empty();
    }
    try {
      String standard = node.textValue().replace('-', '+').replace('_', '/');
      return Optional.of(ByteString.copyFrom(Base64.getDecoder().decode(standard)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Object> enumValue(FieldDescriptor field, JsonNode node) {
    if (node.isTextual()) {
      return Optional.ofNullable(field.getEnumType().findValueByName(node.textValue()));
    }
    if (node.isNull() && field.getEnumType().getFullName().equals("google.protobuf.NullValue")) {
      return Optional.of(field.getEnumType().findValueByNumber(0));
    }
    if (!node.isNumber()) {
      return Optional.empty();
    }
    return integer(node)
        .filter(n -> n.bitLength() < Integer.SIZE)
        .map(n -> enumNumber(field, n.intValue()));
  }

  private static EnumValueDescriptor enumNumber(FieldDescriptor field, int number) {
    return field.getEnumType().isClosed()
        ? field.getEnumType().findValueByNumber(number)
        : field.getEnumType().findValueByNumberCreatingIfUnknown(number);
  }

  private static Optional<BigInteger> integer(JsonNode node) {
    return decimal(node)
        .filter(d -> d.signum() == 0 || d.stripTrailingZeros().scale() <= 0)
        .map(BigDecimal::toBigInteger);
  }

  private static Optional<Double> floating(JsonNode node) {
    if (node.isTextual()) {
      Double special = SPECIAL_DOUBLES.get(node.textValue());
      if (special != null) {
        return Optional.of(special);
      }
    }
    return decimal(node).map(BigDecimal::doubleValue).filter(d -> !Double.isInfinite(d));
  }

  private static Optional<BigDecimal> decimal(JsonNode node) {
    try {
      if (node.isNumber()) {
        return Optional.of(node.decimalValue()).filter(JsonScalars::isBounded);
      }
      if (node.isTextual()
          && node.textValue().length() <= NUMBER_CHARS_MAX
          && TextForms.isNumber(node.textValue())) {
        return Optional.of(new BigDecimal(node.textValue())).filter(JsonScalars::isBounded);
      }
      return Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean isBounded(BigDecimal number) {
    return Math.abs((long) number.scale()) <= SCALE_MAX;
  }

  private static boolean isUnsigned(BigInteger number, BigInteger max) {
    return number.signum() >= 0 && number.compareTo(max) <= 0;
  }

  private static String type(FieldDescriptor field) {
    return field.getType() == FieldDescriptor.Type.ENUM
        ? field.getEnumType().getFullName()
        : field.getType().name().toLowerCase(Locale.ROOT);
  }

  private static String shown(JsonNode node) {
    String text = node.toString();
    int charsMax = 40;
    return text.length() <= charsMax ? text : text.substring(0, charsMax) + "…";
  }
}
