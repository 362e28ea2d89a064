// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import org.jspecify.annotations.Nullable;

/** Finds fields by the two names that JSON may use. */
final class FieldNames {

  private FieldNames() {}

  /** The field of this JSON name, else of this name in the proto file. */
  static @Nullable FieldDescriptor find(Descriptor message, String name) {
    FieldDescriptor field = message.findFieldByName(name);
    if (field != null) {
      return field;
    }
    for (FieldDescriptor candidate : message.getFields()) {
      if (candidate.getJsonName().equals(name)) {
        return candidate;
      }
    }
    return null;
  }
}
