// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.io.IOException;
import java.util.Optional;

/**
 * The types that a key field may have, named as protobuf names them, and the plain text of their
 * values: strings as they are, integers in decimal (unsigned types without a sign), booleans {@code
 * true} or {@code false}.
 *
 * <p>An enum is its number, not its name: the number is what the wire holds and what stays when a
 * value is renamed, so that a renaming never cuts an entity off from what it has stored.
 */
enum KeyType {
  STRING,
  INT32,
  INT64,
  UINT32,
  UINT64,
  SINT32,
  SINT64,
  FIXED32,
  FIXED64,
  SFIXED32,
  SFIXED64,
  BOOL,
  ENUM;

  /** Empty when the field cannot be a key. */
  static Optional<KeyType> of(FieldDescriptor field) {
    if (!field.isRepeated()) {
      for (KeyType type : values()) {
        if (type.name().equals(field.getType().name())) {
          return Optional.of(type);
        }
      }
    }
    return Optional.empty();
  }

  /** Reads the value that follows a tag of this type. */
  String read(CodedInputStream in) throws IOException {
    return switch (this) {
      case STRING -> in.readStringRequireUtf8();
      case INT32 -> Integer.toString(in.readInt32());
      case INT64 -> Long.toString(in.readInt64());
      case UINT32 -> Integer.toUnsignedString(in.readUInt32());
      case UINT64 -> Long.toUnsignedString(in.readUInt64());
      case SINT32 -> Integer.toString(in.readSInt32());
      case SINT64 -> Long.toString(in.readSInt64());
      case FIXED32 -> Integer.toUnsignedString(in.readFixed32());
      case FIXED64 -> Long.toUnsignedString(in.readFixed64());
      case SFIXED32 -> Integer.toString(in.readSFixed32());
      case SFIXED64 -> Long.toString(in.readSFixed64());
      case BOOL -> Boolean.toString(in.readBool());
      case ENUM -> Integer.toString(in.readEnum());
    };
  }

  /** The text of a value as descriptors and parsed messages hold it. */
  String text(Object value) {
    return switch (this) {
      case UINT32, FIXED32 -> Integer.toUnsignedString((Integer) value);
      case UINT64, FIXED64 -> Long.toUnsignedString((Long) value);
      case ENUM -> Integer.toString(((EnumValueDescriptor) value).getNumber());
      default -> value.toString();
    };
  }
}
