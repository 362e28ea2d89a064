// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import io.holdfast.proxy.frontend.call.RefusedCallException;
import java.util.Map;

/**
 * Turns JSON into messages by the proto3 JSON mapping. Unlike protobuf's own parser it takes no
 * value for another of a similar look, and says where in the document something is wrong.
 */
final class MessageReader {

  private static final int DEPTH_MAX = 100;
  private static final String TYPE = "@type";
  private static final String BODY = "the body";

  private final MessageTypes types;

  MessageReader(MessageTypes types) {
    this.types = types;
  }

  /** Merges {@code node}, the JSON form of a whole message, into {@code builder}. */
  void merge(JsonNode node, Message.Builder builder) throws RefusedCallException {
    Descriptor type = builder.getDescriptorForType();
    if (MessageTypes.hasOwnForm(type)) {
      builder.mergeFrom(message(node, type, BODY, 0));
    } else {
      merge(node, builder, "", 0);
    }
  }

  /** Sets one field from what would be its value in an object. */
  void mergeField(JsonNode node, FieldDescriptor field, Message.Builder builder)
      throws RefusedCallException {
    set(node, field, builder, field.getJsonName(), 0);
  }

  /** Sets a field, or adds to a repeated one, from text without quotes. */
  void mergeText(String text, FieldDescriptor field, Message.Builder builder, String where)
      throws RefusedCallException {
    refuseSecondOfOneof(builder, field, where);
    Object value;
    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      value = JsonScalars.readText(field, text, where);
    } else if (MessageTypes.isWrapper(field.getMessageType())) {
      FieldDescriptor wrapped = field.getMessageType().findFieldByName("value");
      value =
          DynamicMessage.newBuilder(field.getMessageType())
              .setField(wrapped, JsonScalars.readText(wrapped, text, where))
              .build();
    } else {
      value = message(TextNode.valueOf(text), field.getMessageType(), where, 0);
    }
    if (field.isRepeated()) {
      builder.addRepeatedField(field, value);
    } else {
      builder.setField(field, value);
    }
  }

  private void merge(JsonNode node, Message.Builder builder, String where, int depth)
      throws RefusedCallException {
    Descriptor type = builder.getDescriptorForType();
    if (!(node instanceof ObjectNode object)) {
      throw RefusedCallException.invalid(
          (where.isEmpty() ? BODY : where) + " must be an object, a " + type.getFullName());
    }
    if (depth > DEPTH_MAX) {
      throw RefusedCallException.invalid(where + " is nested too deeply");
    }
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String path = where.isEmpty() ? entry.getKey() : where + '.' + entry.getKey();
      FieldDescriptor field = FieldNames.find(type, entry.getKey());
      if (field == null) {
        throw RefusedCallException.invalid(path + ": " + type.getFullName() + " has no such field");
      }
      set(entry.getValue(), field, builder, path, depth);
    }
  }

  private void set(
      JsonNode node, FieldDescriptor field, Message.Builder builder, String where, int depth)
      throws RefusedCallException {
    if (node.isNull() && !takesNull(field)) {
      return;
    }
    boolean repeated = field.isRepeated();
    if (repeated ? builder.getRepeatedFieldCount(field) > 0 : hasValue(builder, field)) {
      throw RefusedCallException.invalid(where + " is given twice");
    }
    if (field.isMapField()) {
      setMap(node, field, builder, where, depth);
    } else if (repeated) {
      if (!node.isArray()) {
        throw RefusedCallException.invalid(where + " must be an array");
      }
      for (int i = 0; i < node.size(); i++) {
        builder.addRepeatedField(field, value(node.get(i), field, where + '[' + i + ']', depth));
      }
    } else {
      refuseSecondOfOneof(builder, field, where);
      builder.setField(field, value(node, field, where, depth));
    }
  }

  /** Of the fields of a oneof, one is set: with two, the order would say which. */
  static void refuseSecondOfOneof(Message.Builder builder, FieldDescriptor field, String where)
      throws RefusedCallException {
    OneofDescriptor oneof = field.getContainingOneof();
    if (oneof == null) {
      return;
    }
    for (FieldDescriptor other : oneof.getFields()) {
      // Each field is asked: a builder of a field in it does not count for hasOneof.
      if (!other.equals(field) && builder.hasField(other)) {
        throw RefusedCallException.invalid(
            where + ": another field of " + oneof.getName() + " is set");
      }
    }
  }

  private void setMap(
      JsonNode node, FieldDescriptor field, Message.Builder builder, String where, int depth)
      throws RefusedCallException {
    if (!(node instanceof ObjectNode object)) {
      throw RefusedCallException.invalid(where + " must be an object");
    }
    Descriptor entryType = field.getMessageType();
    FieldDescriptor key = entryType.findFieldByNumber(1);
    FieldDescriptor value = entryType.findFieldByNumber(2);
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String path = where + '.' + entry.getKey();
      builder.addRepeatedField(
          field,
          DynamicMessage.newBuilder(entryType)
              .setField(key, JsonScalars.readText(key, entry.getKey(), path))
              .setField(value, value(entry.getValue(), value, path, depth))
              .buildPartial());
    }
  }

  private Object value(JsonNode node, FieldDescriptor field, String where, int depth)
      throws RefusedCallException {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        ? message(node, field.getMessageType(), where, depth + 1)
        : JsonScalars.read(field, node, where);
  }

  private Message message(JsonNode node, Descriptor type, String where, int depth)
      throws RefusedCallException {
    var builder = DynamicMessage.newBuilder(type);
    if (MessageTypes.isAny(type)) {
      any(node, builder, where, depth);
    } else if (MessageTypes.isWrapper(type)) {
      FieldDescriptor wrapped = type.findFieldByName("value");
      builder.setField(wrapped, JsonScalars.read(wrapped, node, where));
    } else if (MessageTypes.isSpecial(type)) {
      special(node, builder, where);
    } else {
      merge(node, builder, where, depth);
    }
    // The whole message is asked for what is missing, once.
    return builder.buildPartial();
  }

  /** Refuses a message that lacks what its type requires. */
  static void refuseMissing(MessageOrBuilder message, String where) throws RefusedCallException {
    if (!message.isInitialized()) {
      throw RefusedCallException.invalid(
          where + ": " + String.join(", ", message.findInitializationErrors()) + " is required");
    }
  }

  private void any(JsonNode node, DynamicMessage.Builder builder, String where, int depth)
      throws RefusedCallException {
    if (!(node instanceof ObjectNode object)) {
      throw RefusedCallException.invalid(where + " must be an object, a google.protobuf.Any");
    }
    if (object.isEmpty()) {
      return;
    }
    String url = object.path(TYPE).asText();
    Descriptor type = types.registry().find(url.substring(url.lastIndexOf('/') + 1));
    if (type == null) {
      throw RefusedCallException.invalid(where + ": @type '" + url + "' is no known type");
    }
    boolean inValue = MessageTypes.hasOwnForm(type);
    ObjectNode rest = object.deepCopy();
    rest.remove(TYPE);
    Message held = message(inValue ? rest.path("value") : rest, type, where, depth + 1);
    refuseMissing(held, where);
    builder
        .setField(builder.getDescriptorForType().findFieldByName("type_url"), url)
        .setField(builder.getDescriptorForType().findFieldByName("value"), held.toByteString());
  }

  private static void special(JsonNode node, DynamicMessage.Builder builder, String where)
      throws RefusedCallException {
    Descriptor type = builder.getDescriptorForType();
    try {
      if (MessageTypes.isTextual(type) && !node.isTextual()) {
        throw RefusedCallException.invalid(where + ": " + type.getFullName() + " must be a string");
      }
      if (MessageTypes.isTextual(type)
          ? !TextForms.fits(type, node.textValue())
          : !JsonScalars.isText(node.toString())) {
        throw RefusedCallException.invalid(where + " is no " + type.getFullName());
      }
      JsonFormat.parser().merge(node.toString(), builder);
    } catch (InvalidProtocolBufferException e) {
      throw RefusedCallException.invalid(where + " is no " + type.getFullName());
    }
  }

  private static boolean takesNull(FieldDescriptor field) {
    return switch (field.getJavaType()) {
      case MESSAGE -> field.getMessageType().getFullName().equals("google.protobuf.Value");
      case ENUM -> field.getEnumType().getFullName().equals("google.protobuf.NullValue");
      default -> false;
    };
  }

  private static boolean hasValue(Message.Builder builder, FieldDescriptor field) {
    return field.hasPresence()
        ? builder.hasField(field)
        : !builder.getField(field).equals(field.getDefaultValue());
  }
}
