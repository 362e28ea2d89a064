// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.example;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Made-up values, as JSON, for the fields of messages. The same field always gets the same one. */
final class ExampleValue {

  private static final int DEPTH_MAX = 3;

  // Messages that JSON writes in a way of its own.
  private static final Map<String, String> WELL_KNOWN =
      Map.ofEntries(
          Map.entry("google.protobuf.Timestamp", "\"2026-01-01T12:00:00Z\""),
          Map.entry("google.protobuf.Duration", "\"1.5s\""),
          Map.entry("google.protobuf.FieldMask", "\"\""),
          Map.entry("google.protobuf.Empty", "{}"),
          Map.entry("google.protobuf.Struct", "{}"),
          Map.entry("google.protobuf.Value", "\"text\""),
          Map.entry("google.protobuf.ListValue", "[]"),
          Map.entry("google.protobuf.StringValue", "\"text\""),
          Map.entry("google.protobuf.BytesValue", "\"Ynl0ZXM=\""),
          Map.entry("google.protobuf.BoolValue", "true"),
          Map.entry("google.protobuf.Int32Value", "1"),
          Map.entry("google.protobuf.UInt32Value", "1"),
          Map.entry("google.protobuf.Int64Value", "\"1\""),
          Map.entry("google.protobuf.UInt64Value", "\"1\""),
          Map.entry("google.protobuf.FloatValue", "1.5"),
          Map.entry("google.protobuf.DoubleValue", "1.5"));

  private ExampleValue() {}

  /** A whole message, apart from the top fields named. */
  static String message(Descriptor type, Set<String> without) {
    return message(type, without, 0);
  }

  private static String message(Descriptor type, Set<String> without, int depth) {
    return type.getFields().stream()
        .filter(field -> !without.contains(field.getName()) && isShown(field, depth))
        .map(field -> '"' + field.getJsonName() + "\":" + field(field, depth))
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** One field, as the body of a request. */
  static String field(FieldDescriptor field) {
    return field(field, 0);
  }

  /** A scalar as it stands in a path: without quotes. */
  static String plain(FieldDescriptor field) {
    return scalar(field).replace("\"", "");
  }

  private static boolean isShown(FieldDescriptor field, int depth) {
    var oneof = field.getRealContainingOneof();
    boolean chosen = oneof == null || oneof.getField(0).equals(field);
    boolean any =
        field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
            && field.getMessageType().getFullName().equals("google.protobuf.Any");
    boolean tooDeep = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && depth >= DEPTH_MAX;
    return chosen && !any && !tooDeep;
  }

  private static String field(FieldDescriptor field, int depth) {
    if (field.isMapField()) {
      List<FieldDescriptor> entry = field.getMessageType().getFields();
      return "{\"" + plain(entry.get(0)) + "\":" + one(entry.get(1), depth) + "}";
    }
    return field.isRepeated() ? "[" + one(field, depth) + "]" : one(field, depth);
  }

  private static String one(FieldDescriptor field, int depth) {
    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      return scalar(field);
    }
    String wellKnown = WELL_KNOWN.get(field.getMessageType().getFullName());
    return wellKnown != null ? wellKnown : message(field.getMessageType(), Set.of(), depth + 1);
  }

  private static String scalar(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case INT -> "1";
      // JSON numbers cannot carry all 64 bits, so protobuf writes them as text.
      case LONG -> "\"1\"";
      case FLOAT, DOUBLE -> "1.5";
      case BOOLEAN -> "true";
      case BYTE_STRING -> "\"Ynl0ZXM=\"";
      case ENUM -> '"' + enumValue(field).getName() + '"';
      case STRING -> '"' + text(field.getName()) + '"';
      case MESSAGE -> "{}";
    };
  }

  /** The first that says something: the one numbered 0 mostly means "nothing given". */
  private static EnumValueDescriptor enumValue(FieldDescriptor field) {
    List<EnumValueDescriptor> values = field.getEnumType().getValues();
    return values.get(Math.min(1, values.size() - 1));
  }

  /**
   * {@code user_id} is {@code user-1}, {@code id} is {@code id-1}, {@code name} is {@code name}.
   */
  private static String text(String name) {
    String stem = name.endsWith("_id") ? name.substring(0, name.length() - 3) : name;
    String words = stem.replace('_', '-');
    return name.endsWith("_id") || name.equals("id") || name.equals("key") ? words + "-1" : words;
  }
}
