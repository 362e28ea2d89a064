// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.util.JsonFormat.TypeRegistry;
import java.util.Collection;
import java.util.Set;

/** The message types that an {@code Any} may hold, and those that have a JSON form of their own. */
final class MessageTypes {

  private static final Set<String> SPECIAL =
      Set.of(
          "google.protobuf.Timestamp",
          "google.protobuf.Duration",
          "google.protobuf.FieldMask",
          "google.protobuf.Struct",
          "google.protobuf.Value",
          "google.protobuf.ListValue");
  private static final Set<String> TEXTUAL =
      Set.of("google.protobuf.Timestamp", "google.protobuf.Duration", "google.protobuf.FieldMask");

  private final TypeRegistry registry;

  MessageTypes(Collection<FileDescriptor> files) {
    var builder = TypeRegistry.newBuilder();
    files.forEach(file -> builder.add(file.getMessageTypes()));
    registry = builder.build();
  }

  TypeRegistry registry() {
    return registry;
  }

  static boolean isAny(Descriptor type) {
    return type.getFullName().equals("google.protobuf.Any");
  }

  /** Raw content, which is no JSON at all when it is a body. */
  static boolean isHttpBody(Descriptor type) {
    return type.getFullName().equals("google.api.HttpBody");
  }

  /** A message around one scalar, which stands for it in JSON. */
  static boolean isWrapper(Descriptor type) {
    return type.getFile().getName().equals("google/protobuf/wrappers.proto");
  }

  /** Neither of these, yet no object with its fields either. */
  static boolean isSpecial(Descriptor type) {
    return SPECIAL.contains(type.getFullName());
  }

  /** Whether its JSON form is another than an object with its fields. */
  static boolean hasOwnForm(Descriptor type) {
    return isAny(type) || isWrapper(type) || isSpecial(type);
  }

  /** Special, and a string in JSON. */
  static boolean isTextual(Descriptor type) {
    return TEXTUAL.contains(type.getFullName());
  }

  /** A single value that a path or a query can hold. */
  static boolean isScalarLike(Descriptor type) {
    return isWrapper(type) || isTextual(type);
  }
}
