// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.stored;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A bare number, text, truth value or run of bytes. The bytes are a message with the value in field
 * 1; the default value is no bytes at all.
 *
 * @param wireType how protobuf writes it
 */
public record PrimitiveType<T>(
    Class<T> type,
    String typeUrl,
    T defaultValue,
    int wireType,
    FieldOne.Writer<T> writer,
    FieldOne.Reader<T> reader)
    implements StoredType<T> {

  private static final List<PrimitiveType<?>> ALL =
      List.of(
          of(
              String.class,
              "string",
              "",
              WireFormat.WIRETYPE_LENGTH_DELIMITED,
              CodedOutputStream::writeStringNoTag,
              CodedInputStream::readStringRequireUtf8),
          of(
              Integer.class,
              "int32",
              0,
              WireFormat.WIRETYPE_VARINT,
              CodedOutputStream::writeInt32NoTag,
              CodedInputStream::readInt32),
          of(
              Long.class,
              "int64",
              0L,
              WireFormat.WIRETYPE_VARINT,
              CodedOutputStream::writeInt64NoTag,
              CodedInputStream::readInt64),
          of(
              Boolean.class,
              "bool",
              false,
              WireFormat.WIRETYPE_VARINT,
              CodedOutputStream::writeBoolNoTag,
              CodedInputStream::readBool),
          of(
              Double.class,
              "double",
              0.0,
              WireFormat.WIRETYPE_FIXED64,
              CodedOutputStream::writeDoubleNoTag,
              CodedInputStream::readDouble),
          of(
              Float.class,
              "float",
              0.0f,
              WireFormat.WIRETYPE_FIXED32,
              CodedOutputStream::writeFloatNoTag,
              CodedInputStream::readFloat),
          of(
              ByteString.class,
              "bytes",
              ByteString.EMPTY,
              WireFormat.WIRETYPE_LENGTH_DELIMITED,
              CodedOutputStream::writeBytesNoTag,
              CodedInputStream::readBytes));

  private static <T> PrimitiveType<T> of(
      Class<T> type,
      String name,
      T defaultValue,
      int wireType,
      FieldOne.Writer<T> writer,
      FieldOne.Reader<T> read) {
    return new PrimitiveType<>(
        type, "p.cloudstate.io/" + name, defaultValue, wireType, writer, read);
  }

  /** The one for that class, if it is such a class. */
  static Optional<PrimitiveType<?>> forClass(Class<?> type) {
    for (PrimitiveType<?> primitive : ALL) {
      if (primitive.type().equals(type)) {
        return Optional.of(primitive);
      }
    }
    return Optional.empty();
  }

  @Override
  public ByteString encode(T value) {
    // Double and Float compare by bits here: -0.0 is not the default, as in protobuf itself.
    if (value.equals(defaultValue)) {
      return ByteString.EMPTY;
    }
    try {
      return FieldOne.write(wireType, writer, value);
    } catch (IOException e) {
      throw StoredValueException.unwritable(type, e);
    }
  }

  @Override
  public T decode(ByteString bytes) {
    try {
      return FieldOne.read(bytes, wireType, reader, defaultValue);
    } catch (IOException e) {
      throw StoredValueException.unreadable(typeUrl, e);
    }
  }
}
