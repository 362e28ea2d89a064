// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.stored;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * A record or enum, stored as JSON under a name of its own.
 *
 * @param trees reads JSON of any shape, for upgrades
 */
public record JsonType<T>(
    Class<T> type, String name, ObjectWriter writer, ObjectReader reader, ObjectReader trees)
    implements StoredType<T> {

  private static final String PREFIX = "json.cloudstate.io/";

  static <T> JsonType<T> of(Class<T> type, String name, JsonMapper mapper) {
    return new JsonType<>(
        type, name, mapper.writerFor(type), mapper.readerFor(type), mapper.reader());
  }

  static String typeUrl(String name) {
    return PREFIX + name;
  }

  @Override
  public String typeUrl() {
    return typeUrl(name);
  }

  @Override
  public ByteString encode(T value) {
    try {
      return FieldOne.write(writer.writeValueAsBytes(value));
    } catch (IOException e) {
      throw StoredValueException.unwritable(type, e);
    }
  }

  @Override
  public T decode(ByteString bytes) {
    try {
      byte[] json = json(bytes);
      return type.cast(RoomyStack.read(() -> reader.readValue(json)));
    } catch (IOException e) {
      throw StoredValueException.unreadable(typeUrl(), e);
    }
  }

  /** Reads what was stored under an older name. */
  T decode(ByteString bytes, Upgrade.Chain upgrades) {
    try {
      byte[] json = json(bytes);
      return type.cast(RoomyStack.read(() -> upgraded(json, upgrades)));
    } catch (IOException | RuntimeException e) {
      throw StoredValueException.unreadable(typeUrl(upgrades.from()), e);
    }
  }

  private Object upgraded(byte[] json, Upgrade.Chain upgrades) throws IOException {
    if (!(trees.readTree(json) instanceof ObjectNode object)) {
      throw new IOException("only JSON objects can be upgraded");
    }
    return reader.readValue(upgrades.apply(object));
  }

  private static byte[] json(ByteString bytes) throws IOException {
    return FieldOne.read(
        bytes, WireFormat.WIRETYPE_LENGTH_DELIMITED, CodedInputStream::readByteArray, new byte[0]);
  }
}
