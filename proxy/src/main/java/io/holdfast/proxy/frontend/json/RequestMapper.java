// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.api.HttpBody;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.holdfast.proxy.frontend.call.RefusedCallException;
import io.holdfast.proxy.frontend.json.HttpBinding.Body;
import java.util.HashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a message together from the body, the query and the path of a request. */
final class RequestMapper {

  private final MessageReader reader;

  RequestMapper(MessageReader reader) {
    this.reader = reader;
  }

  /**
   * @param query as it came: percent-encoded
   * @param contentType the body's, kept where the body is a {@code google.api.HttpBody}
   */
  Message map(RouteTable.Match match, String query, @Nullable String contentType, byte[] content)
      throws RefusedCallException {
    HttpBinding binding = match.binding();
    Descriptor input = binding.method().method().descriptor().getInputType();
    var message = DynamicMessage.newBuilder(input);
    putBody(binding, contentType, content, message);
    putQuery(match, query, message);
    // Last, since the path says which thing is meant, whatever the body says.
    for (Map.Entry<String, String> variable : match.variables().entrySet()) {
      FieldPath path = FieldPath.find(input, variable.getKey()).orElseThrow();
      String where = variable.getKey();
      reader.mergeText(variable.getValue(), path.last(), path.holder(message, where), where);
    }
    MessageReader.refuseMissing(message, "the request");
    return message.build();
  }

  private void putBody(
      HttpBinding binding,
      @Nullable String contentType,
      byte[] content,
      DynamicMessage.Builder message)
      throws RefusedCallException {
    if (binding.body() instanceof Body.Field body) {
      if (isHttpBody(body.field())) {
        message.setField(
            body.field(), httpBody(body.field().getMessageType(), contentType, content));
      } else if (content.length > 0) {
        JsonNode json = JsonText.read(content);
        if (json.isNull()) {
          throw RefusedCallException.invalid("the body is null");
        }
        reader.mergeField(json, body.field(), message);
      }
    } else if (binding.body() instanceof Body.Whole) {
      Descriptor input = message.getDescriptorForType();
      if (MessageTypes.isHttpBody(input)) {
        message.mergeFrom(httpBody(input, contentType, content));
      } else if (content.length > 0) {
        reader.merge(JsonText.read(content), message);
      }
    } else if (content.length > 0) {
      JsonNode json = JsonText.read(content);
      if (!json.isObject() || !json.isEmpty()) {
        throw RefusedCallException.invalid(binding.methodName() + " of this path takes no body");
      }
    }
  }

  private void putQuery(RouteTable.Match match, String query, DynamicMessage.Builder message)
      throws RefusedCallException {
    if (query.isEmpty()) {
      return;
    }
    var seen = new HashSet<String>();
    for (String pair : query.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = PercentCode.decodeQuery(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : PercentCode.decodeQuery(pair.substring(equals + 1));
      FieldPath path = queryField(match, message.getDescriptorForType(), name);
      if (!path.last().isRepeated() && !seen.add(path.toString())) {
        throw RefusedCallException.invalid("query parameter " + name + " is given twice");
      }
      String where = "query parameter " + name;
      reader.mergeText(value, path.last(), path.holder(message, where), where);
    }
  }

  private static FieldPath queryField(RouteTable.Match match, Descriptor input, String name)
      throws RefusedCallException {
    FieldPath path =
        FieldPath.find(input, name)
            .orElseThrow(() -> RefusedCallException.invalid("unknown query parameter " + name));
    Body body = match.binding().body();
    boolean inBody =
        body instanceof Body.Whole
            || (body instanceof Body.Field field && field.field().equals(path.first()));
    boolean inPath =
        match.variables().keySet().stream()
            .anyMatch(variable -> FieldPath.find(input, variable).orElseThrow().equals(path));
    if (inBody || inPath) {
      throw RefusedCallException.invalid(
          name + " is no query parameter here: it belongs in the " + (inPath ? "path" : "body"));
    }
    FieldDescriptor field = path.last();
    boolean message = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    if (field.isMapField() || (message && !MessageTypes.isScalarLike(field.getMessageType()))) {
      throw RefusedCallException.invalid(
          "query parameter " + name + " is no single value, name a field in it");
    }
    return path;
  }

  /** Whether the field holds raw content. */
  static boolean isHttpBody(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && !field.isRepeated()
        && MessageTypes.isHttpBody(field.getMessageType());
  }

  // Of the function's own copy of the type, not of ours.
  private static Message httpBody(Descriptor type, @Nullable String contentType, byte[] content) {
    return DynamicMessage.newBuilder(type)
        .setField(
            type.findFieldByNumber(HttpBody.CONTENT_TYPE_FIELD_NUMBER),
            contentType == null ? "" : contentType)
        .setField(type.findFieldByNumber(HttpBody.DATA_FIELD_NUMBER), ByteString.copyFrom(content))
        .build();
  }
}
