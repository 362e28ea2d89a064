// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;

/** One key field, ready to be found on the wire. */
final class KeyField {

  private final FieldDescriptor descriptor;
  private final KeyType type;
  private final int tag;
  private final String absent;
  // Tags of the other members of the field's oneof: each of them, set later, unsets the key.
  private final int[] rivalTags;

  KeyField(FieldDescriptor descriptor, KeyType type) {
    this.descriptor = descriptor;
    this.type = type;
    this.tag = tagOf(descriptor);
    this.absent = type.text(descriptor.getDefaultValue());
    var oneof = descriptor.getRealContainingOneof();
    this.rivalTags =
        oneof == null
            ? new int[0]
            : oneof.getFields().stream()
                .filter(field -> field.getNumber() != descriptor.getNumber())
                .mapToInt(KeyField::tagOf)
                .toArray();
  }

  private static int tagOf(FieldDescriptor field) {
    return field.getNumber() << 3 | field.getLiteType().getWireType();
  }

  int tag() {
    return tag;
  }

  /** Whether this tag belongs to the field, be it with the wrong wire type. */
  boolean isAt(int someTag) {
    return someTag >>> 3 == tag >>> 3;
  }

  boolean isUnsetBy(int someTag) {
    for (int rival : rivalTags) {
      if (rival == someTag) {
        return true;
      }
    }
    return false;
  }

  boolean isString() {
    return type == KeyType.STRING;
  }

  boolean hasRivals() {
    return rivalTags.length > 0;
  }

  /** The text of the field's default value. */
  String absent() {
    return absent;
  }

  /** Reads the value behind the tag; {@code before} is what the field held so far. */
  String read(CodedInputStream in, int foundTag, String before) throws IOException {
    if (foundTag != tag) {
      throw new InvalidProtocolBufferException(
          "key field " + descriptor.getName() + " has the wrong wire type");
    }
    if (type == KeyType.ENUM && descriptor.legacyEnumFieldTreatedAsClosed()) {
      // proto2: a number that the enum lacks is an unknown field, and changes nothing.
      int number = in.readEnum();
      return descriptor.getEnumType().findValueByNumber(number) == null
          ? before
          : Integer.toString(number);
    }
    return type.read(in);
  }
}
