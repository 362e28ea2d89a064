// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import io.holdfast.protocol.EntityKeyProto;
import io.holdfast.protocol.LegacyEntityKeyProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Compiles the key reader of a method from the marks on its input's fields. One field may carry
 * both marks, the current and the legacy one, and counts once; two fields that are marked
 * differently are refused, since proxies of different age would read different keys.
 */
final class KeyFields {

  private KeyFields() {}

  /** Adds to {@code problems} and gives nothing when the method has no usable key. */
  static Optional<EntityKeyReader> compile(MethodDescriptor method, List<String> problems) {
    var fields = new ArrayList<KeyField>();
    int marked = 0;
    boolean anyCurrentOnly = false;
    boolean anyLegacyOnly = false;
    for (FieldDescriptor field : method.getInputType().getFields()) {
      boolean current = isMarked(field.getOptions());
      boolean legacy = isMarkedLegacy(field.getOptions());
      if (current || legacy) {
        marked++;
        anyCurrentOnly |= !legacy;
        anyLegacyOnly |= !current;
        KeyType.of(field)
            .ifPresentOrElse(
                type -> fields.add(new KeyField(field, type)),
                () -> problems.add(unsupported(method, field)));
      }
    }
    if (marked == 0) {
      problems.add(missing(method));
    }
    if (anyCurrentOnly && anyLegacyOnly) {
      problems.add(mixed(method));
    }
    return fields.isEmpty() ? Optional.empty() : Optional.of(WireKeyReader.of(fields));
  }

  private static boolean isMarked(FieldOptions options) {
    return options.getExtension(EntityKeyProto.entityKey);
  }

  private static boolean isMarkedLegacy(FieldOptions options) {
    return options.getExtension(LegacyEntityKeyProto.legacyEntityKey);
  }

  private static String missing(MethodDescriptor method) {
    return String.format(
        "Method %s takes %s, which has no entity key: mark the field that names the entity with"
            + " [(cloudstate.entity_key) = true].",
        method.getFullName(), method.getInputType().getFullName());
  }

  private static String unsupported(MethodDescriptor method, FieldDescriptor field) {
    return String.format(
        "Method %s has the entity key %s, which is a %s field: a key field must be a single string,"
            + " integer, bool or enum.",
        method.getFullName(), field.getFullName(), typeOf(field));
  }

  private static String typeOf(FieldDescriptor field) {
    if (field.isMapField()) {
      return "map";
    }
    var type = field.getType().toString().toLowerCase(Locale.ROOT);
    return field.isRepeated() ? "repeated " + type : type;
  }

  private static String mixed(MethodDescriptor method) {
    return String.format(
        "Method %s takes %s, which marks some key fields with option 1080 (entity_key) and others"
            + " with option 50002 (the legacy mark): mark all of them with"
            + " [(cloudstate.entity_key) = true].",
        method.getFullName(), method.getInputType().getFullName());
  }
}
