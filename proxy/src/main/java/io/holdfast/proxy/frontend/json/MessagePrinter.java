// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.json;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;

/** Turns messages into JSON by the proto3 JSON mapping, fields with default values included. */
final class MessagePrinter {

  private static final JsonMapper MAPPER = new JsonMapper();

  private final JsonFormat.Printer printer;

  MessagePrinter(MessageTypes types) {
    printer =
        JsonFormat.printer()
            .usingTypeRegistry(types.registry())
            .includingDefaultValueFields()
            .omittingInsignificantWhitespace();
  }

  /**
   * @throws IOException when the message holds an {@code Any} of an unknown type, or one that is
   *     malformed
   */
  String print(Message message) throws IOException {
    return printer.print(message);
  }

  /** The value of one field, as it would be in the message's object. */
  String printField(Message message, FieldDescriptor field) throws IOException {
    if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && !field.isRepeated()) {
      return print((Message) message.getField(field));
    }
    var alone = DynamicMessage.newBuilder(message.getDescriptorForType());
    if (field.isRepeated()) {
      for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
        alone.addRepeatedField(field, message.getRepeatedField(field, i));
      }
    } else {
      alone.setField(field, message.getField(field));
    }
    return MAPPER.readTree(print(alone.build())).path(field.getJsonName()).toString();
  }
}
