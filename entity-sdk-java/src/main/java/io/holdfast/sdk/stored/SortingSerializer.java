// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.stored;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Lets another serializer write into a buffer, and writes that out sorted. */
final class SortingSerializer extends JsonSerializer<Object> implements ContextualSerializer {

  private final JsonSerializer<Object> content;
  private final UnaryOperator<JsonNode> sort;

  @SuppressWarnings("unchecked")
  SortingSerializer(JsonSerializer<?> content, UnaryOperator<JsonNode> sort) {
    this.content = (JsonSerializer<Object>) content;
    this.sort = sort;
  }

  static JsonNode byKey(JsonNode map) {
    var sorted = new TreeMap<String, JsonNode>();
    map.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    var node = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> entry : sorted.entrySet()) {
      node.set(entry.getKey(), entry.getValue());
    }
    return node;
  }

  static JsonNode byContent(JsonNode set) {
    var sorted = JsonNodeFactory.instance.arrayNode();
    StreamSupport.stream(set.spliterator(), false)
        .sorted(Comparator.comparing(JsonNode::toString))
        .forEach(sorted::add);
    return sorted;
  }

  @Override
  public void serialize(Object value, JsonGenerator out, SerializerProvider provider)
      throws IOException {
    try (var buffer = new TokenBuffer(out.getCodec(), false)) {
      content.serialize(value, buffer, provider);
      try (var parser = buffer.asParserOnFirstToken()) {
        JsonNode node = parser.readValueAsTree();
        out.writeTree(sort.apply(node));
      }
    }
  }

  @Override
  public void serializeWithType(
      Object value, JsonGenerator out, SerializerProvider provider, TypeSerializer types)
      throws IOException {
    content.serializeWithType(value, out, provider, types);
  }

  @Override
  public boolean isEmpty(SerializerProvider provider, Object value) {
    return content.isEmpty(provider, value);
  }

  @Override
  public JsonSerializer<?> createContextual(
      SerializerProvider provider, @Nullable BeanProperty property) throws JsonMappingException {
    return new SortingSerializer(
        provider.handleSecondaryContextualization(content, property), sort);
  }
}
