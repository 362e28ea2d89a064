// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.stored;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;

/**
 * A generated protobuf message, stored under its full name.
 *
 * @param prototype its default instance
 */
public record ProtobufType<T extends Message>(Class<T> type, T prototype, String typeUrl)
    implements StoredType<T> {

  private static final String PREFIX = "type.googleapis.com/";

  static <T extends Message> ProtobufType<T> of(Class<T> type) {
    try {
      var prototype = type.cast(type.getMethod("getDefaultInstance").invoke(null));
      return new ProtobufType<>(type, prototype, typeUrl(prototype));
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(type.getName() + " is not a generated message", e);
    }
  }

  /** The type URL of a message of any kind. */
  public static String typeUrl(Message message) {
    return PREFIX + message.getDescriptorForType().getFullName();
  }

  @Override
  public ByteString encode(T value) {
    var bytes = new byte[value.getSerializedSize()];
    var out = CodedOutputStream.newInstance(bytes);
    // Map fields come in any order otherwise.
    out.useDeterministicSerialization();
    try {
      value.writeTo(out);
    } catch (IOException e) {
      throw StoredValueException.unwritable(type, e);
    }
    return UnsafeByteOperations.unsafeWrap(bytes);
  }

  @Override
  public T decode(ByteString bytes) {
    try {
      return type.cast(prototype.getParserForType().parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw StoredValueException.unreadable(typeUrl, e);
    }
  }
}
