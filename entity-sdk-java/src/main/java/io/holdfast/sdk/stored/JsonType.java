// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.stored;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/** A record or enum, stored as JSON under a name of its own. */
public record JsonType<T>(Class<T> type, String name, ObjectWriter writer, ObjectReader reader)
    implements StoredType<T> {

  private static final String PREFIX = "json.cloudstate.io/";

  static <T> JsonType<T> of(Class<T> type, String name) {
    return new JsonType<>(
        type, name, StableJson.MAPPER.writerFor(type), StableJson.MAPPER.readerFor(type));
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
      return type.cast(reader.readValue(json(bytes)));
    } catch (IOException e) {
      throw StoredValueException.unreadable(typeUrl(), e);
    }
  }

  /** Reads what was stored under an older name. */
  T decode(ByteString bytes, Upgrade.Chain upgrades) {
    try {
      var node = StableJson.MAPPER.readTree(json(bytes));
      if (!(node instanceof ObjectNode object)) {
        throw new IOException("only JSON objects can be upgraded");
      }
      return type.cast(reader.readValue(upgrades.apply(object)));
    } catch (IOException | RuntimeException e) {
      throw StoredValueException.unreadable(typeUrl(upgrades.from()), e);
    }
  }

  private static byte[] json(ByteString bytes) throws IOException {
    return FieldOne.read(
        bytes, WireFormat.WIRETYPE_LENGTH_DELIMITED, CodedInputStream::readByteArray, new byte[0]);
  }
}
