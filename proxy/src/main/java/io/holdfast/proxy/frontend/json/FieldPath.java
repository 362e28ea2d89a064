// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.holdfast.proxy.frontend.call.RefusedCallException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A field of a message, or of the messages in it, to be set from text.
 *
 * @param fields from the outermost on; all but the last are single messages
 */
record FieldPath(List<FieldDescriptor> fields) {

  FieldPath {
    fields = List.copyOf(fields);
  }

  /** Finds {@code book.title} in {@code message}, by names as in the proto file or as in JSON. */
  static Optional<FieldPath> find(Descriptor message, String path) {
    var fields = new ArrayList<FieldDescriptor>();
    Descriptor current = message;
    String[] names = path.split("\\.", -1);
    for (int i = 0; i < names.length; i++) {
      FieldDescriptor field = FieldNames.find(current, names[i]);
      if (field == null) {
        return Optional.empty();
      }
      fields.add(field);
      if (i < names.length - 1) {
        if (field.isRepeated() || field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
          return Optional.empty();
        }
        current = field.getMessageType();
      }
    }
    return Optional.of(new FieldPath(fields));
  }

  FieldDescriptor first() {
    return fields.get(0);
  }

  FieldDescriptor last() {
    return fields.get(fields.size() - 1);
  }

  /**
   * The builder that holds the last field, with what lies between made if absent.
   *
   * @param where names the value in what is refused
   */
  Message.Builder holder(Message.Builder root, String where) throws RefusedCallException {
    Message.Builder holder = root;
    for (FieldDescriptor field : fields.subList(0, fields.size() - 1)) {
      MessageReader.refuseSecondOfOneof(holder, field, where);
      holder = holder.getFieldBuilder(field);
    }
    return holder;
  }
}
