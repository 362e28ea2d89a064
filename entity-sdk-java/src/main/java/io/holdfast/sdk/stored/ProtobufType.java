// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.stored;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * A generated protobuf message, stored under its full name.
 *
 * @param prototype its default instance
 * @param nests whether messages of that type may lie in themselves
 */
public record ProtobufType<T extends Message>(
    Class<T> type, T prototype, String typeUrl, boolean nests) implements StoredType<T> {

  private static final String PREFIX = "type.googleapis.com/";

  /** How deep messages may lie in one another. What is deeper is not written either. */
  private static final int NESTING_DEPTH_MAX = 1000;

  static <T extends Message> ProtobufType<T> of(Class<T> type) {
    try {
      var prototype = type.cast(type.getMethod("getDefaultInstance").invoke(null));
      return new ProtobufType<>(
          type,
          prototype,
          typeUrl(prototype),
          nests(prototype.getDescriptorForType(), new HashSet<>()));
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(type.getName() + " is not a generated message", e);
    }
  }

  private static boolean nests(Descriptor type, Set<Descriptor> around) {
    if (!around.add(type)) {
      return true;
    }
    boolean nests =
        type.getFields().stream()
            .filter(field -> field.getJavaType() == FieldDescriptor.JavaType.MESSAGE)
            .anyMatch(field -> nests(field.getMessageType(), around));
    around.remove(type);
    return nests;
  }

  /** The type URL of a message of any kind. */
  public static String typeUrl(Message message) {
    return PREFIX + message.getDescriptorForType().getFullName();
  }

  @Override
  public ByteString encode(T value) {
    if (!value.isInitialized()) {
      throw StoredValueException.unwritable(
          type,
          new IOException("required fields are missing: " + value.findInitializationErrors()));
    }
    var bytes = new byte[value.getSerializedSize()];
    var out = CodedOutputStream.newInstance(bytes);
    // Map fields come in any order otherwise.
    out.useDeterministicSerialization();
    try {
      value.writeTo(out);
    } catch (IOException e) {
      throw StoredValueException.unwritable(type, e);
    }
    var written = UnsafeByteOperations.unsafeWrap(bytes);
    if (nests) {
      requireReadable(written);
    }
    return written;
  }

  // No writer counts how deep it goes.
  private void requireReadable(ByteString written) {
    try {
      parse(written);
    } catch (IOException e) {
      throw StoredValueException.unwritable(type, e);
    }
  }

  @Override
  public T decode(ByteString bytes) {
    try {
      return parse(bytes);
    } catch (IOException e) {
      throw StoredValueException.unreadable(typeUrl, e);
    }
  }

  private T parse(ByteString bytes) throws IOException {
    return nests ? RoomyStack.read(() -> parseOnce(bytes)) : parseOnce(bytes);
  }

  private T parseOnce(ByteString bytes) throws IOException {
    var in = bytes.newCodedInput();
    in.setRecursionLimit(NESTING_DEPTH_MAX);
    var message = type.cast(prototype.getParserForType().parseFrom(in));
    in.checkLastTagWas(0);
    return message;
  }
}
