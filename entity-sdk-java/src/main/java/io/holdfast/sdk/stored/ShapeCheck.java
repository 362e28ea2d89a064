// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.stored;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.AbstractDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.deser.std.UntypedObjectDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.ser.PropertyWriter;
import com.fasterxml.jackson.databind.ser.impl.UnknownSerializer;
import com.fasterxml.jackson.databind.ser.std.BeanSerializerBase;
import com.google.protobuf.MessageLite;
import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds what could be written as JSON and never be read again, at every depth of a type, before
 * anything is stored. Asks Jackson, which knows what annotations say, how it would write and read
 * each part. What has a form of its own, by Jackson's annotations say, is taken at its word.
 */
final class ShapeCheck {

  private static final Set<Class<?>> ANYTHING =
      Set.of(Object.class, Serializable.class, Comparable.class, Number.class, CharSequence.class);

  private final JsonMapper mapper;
  private final StoredNames names;
  private final Consumer<String> problems;
  private final DefaultDeserializationContext reading;
  private final Set<JavaType> seen = new HashSet<>();
  private boolean sound = true;

  /**
   * @param problems where each obstacle goes: the path to the component, and what is wrong with it
   */
  ShapeCheck(JsonMapper mapper, StoredNames names, Consumer<String> problems) {
    this.mapper = mapper;
    this.names = names;
    this.problems = problems;
    this.reading =
        ((DefaultDeserializationContext) mapper.getDeserializationContext())
            .createDummyInstance(mapper.getDeserializationConfig());
  }

  /** Checks a record or an enum. */
  void check(Class<?> type) {
    walk(mapper.constructType(type), type.getSimpleName());
  }

  private void walk(JavaType type, String path) {
    Class<?> raw = type.getRawClass();
    if (ANYTHING.contains(raw)) {
      problem(
          path,
          "nothing says of which type it is (%s): a raw type, a wildcard or a type parameter without bounds will not do"
              .formatted(raw.getSimpleName()));
    } else if (type.isArrayType()) {
      problem(
          path,
          "an array is equal only to itself: make it a "
              + (raw == byte[].class ? "ByteString" : "List"));
    } else if (MessageLite.class.isAssignableFrom(raw)) {
      problem(
          path,
          "a protobuf message (%s) cannot lie in a record: make its fields components, or its bytes a ByteString"
              .formatted(raw.getSimpleName()));
    } else if (type.isMapLikeType()) {
      key(type.getKeyType(), path);
      walk(type.getContentType(), path + "{}");
      readable(type, path);
    } else if (type.isTypeOrSubTypeOf(Map.Entry.class)) {
      key(type.containedTypeOrUnknown(0), path);
      walk(type.containedTypeOrUnknown(1), path + "{}");
    } else if (type.isCollectionLikeType()) {
      walk(type.getContentType(), path + "[]");
      readable(type, path);
    } else if (raw == Iterable.class) {
      walk(type.containedTypeOrUnknown(0), path + "[]");
    } else if (type.isReferenceType()) {
      reference(type, path);
    } else if (!raw.isPrimitive()) {
      object(type, path);
    }
  }

  private void reference(JavaType type, String path) {
    JavaType content = type.getReferencedType();
    if (content.isReferenceType()) {
      problem(
          path,
          "an %s in an %s is lost when it is empty"
              .formatted(
                  content.getRawClass().getSimpleName(), type.getRawClass().getSimpleName()));
    } else {
      walk(content, path);
    }
  }

  private void key(JavaType type, String path) {
    Class<?> raw = type.getRawClass();
    if (raw == String.class || (Enum.class.isAssignableFrom(raw) && raw != Enum.class)) {
      return;
    }
    var described = mapper.getSerializationConfig().introspect(type);
    boolean ownForm =
        described.findJsonKeyAccessor() != null || described.findJsonValueAccessor() != null;
    if (!ownForm && (ANYTHING.contains(raw) || type.isArrayType() || !ofJava(raw))) {
      problem(
          path,
          "a key of a map is text: keys of %s cannot be read back; use text, a number, a time or an enum"
              .formatted(raw.getSimpleName()));
      return;
    }
    try {
      reading.findKeyDeserializer(type, null);
    } catch (JsonMappingException | IllegalArgumentException e) {
      problem(path, "keys of %s cannot be read back".formatted(raw.getSimpleName()));
    }
  }

  private static boolean ofJava(Class<?> type) {
    return type.getName().startsWith("java.");
  }

  private void readable(JavaType container, String path) {
    if (sound) {
      try {
        if (deserializer(container) instanceof AbstractDeserializer) {
          problem(path, "%s cannot be made again".formatted(container.getRawClass().getName()));
        }
      } catch (JsonMappingException | IllegalArgumentException e) {
        problem(path, firstLine(e));
      }
    }
  }

  private JsonDeserializer<?> deserializer(JavaType type) throws JsonMappingException {
    return reading.findContextualValueDeserializer(type, null);
  }

  private JsonSerializer<?> serializer(JavaType type) throws JsonMappingException {
    return mapper.getSerializerProviderInstance().findValueSerializer(type);
  }

  private void object(JavaType type, String path) {
    Class<?> raw = type.getRawClass();
    if (typeIsNamed(type)) {
      if (SealedTypes.isSealed(raw)
          && !raw.isAnnotationPresent(JsonTypeInfo.class)
          && seen.add(type)) {
        sealed(type, path);
      }
      return;
    }
    boolean before = sound;
    sound = true;
    try {
      var reads = deserializer(type);
      if (reads instanceof AbstractDeserializer || reads instanceof UntypedObjectDeserializer) {
        problem(
            path,
            "%s is %s, and nothing would say which class a stored one was of: make it a sealed interface of records, or a record"
                .formatted(
                    raw.getSimpleName(), raw.isInterface() ? "an interface" : "an abstract class"));
      } else if (reads instanceof BeanDeserializerBase && ofJava(raw)) {
        problem(path, "%s has no form as JSON".formatted(raw.getName()));
      } else if (reads instanceof BeanDeserializerBase bean && seen.add(type)) {
        bean(type, bean, serializer(type), path);
      } else if (serializer(type) instanceof UnknownSerializer) {
        problem(path, "%s has nothing that could be stored".formatted(raw.getSimpleName()));
      }
    } catch (JsonMappingException | IllegalArgumentException e) {
      if (ofJava(raw)) {
        problem(path, "%s has no form as JSON".formatted(raw.getName()));
        return;
      }
      // Some part of it, most likely: the path to that says more.
      mapper.getDeserializationConfig().introspect(type).findProperties().stream()
          .filter(property -> property.getPrimaryType() != null)
          .forEach(property -> walk(property.getPrimaryType(), path + "." + property.getName()));
      if (sound) {
        problem(path, firstLine(e));
      }
    }
    sound = before && sound;
  }

  private boolean typeIsNamed(JavaType type) {
    try {
      return reading.getFactory().findTypeDeserializer(reading.getConfig(), type) != null;
    } catch (JsonMappingException | IllegalArgumentException e) {
      return false;
    }
  }

  private void bean(
      JavaType type, BeanDeserializerBase reads, JsonSerializer<?> writes, String path) {
    Class<?> raw = type.getRawClass();
    var creation = reads.getValueInstantiator();
    if (!(writes instanceof BeanSerializerBase fields)) {
      if (writes instanceof UnknownSerializer) {
        problem(path, "%s has nothing that could be stored".formatted(raw.getSimpleName()));
      } else if (!fromOneValue(creation)) {
        problem(
            path,
            "%s is written as one value, but has no constructor or factory marked with @JsonCreator that takes it"
                .formatted(raw.getSimpleName()));
      }
      return;
    }
    if (!Modifier.isFinal(raw.getModifiers())) {
      problem(
          path,
          "%s may be extended, and what a subclass adds could not be read back: make it a record, or final"
              .formatted(raw.getSimpleName()));
    } else if (!creation.canCreateUsingDefault()
        && !creation.canCreateFromObjectWith()
        && !creation.canCreateUsingDelegate()) {
      problem(
          path,
          "%s has no constructor that Jackson could call: make it a record"
              .formatted(raw.getSimpleName()));
    } else {
      properties(reads, fields, path);
    }
  }

  private static boolean fromOneValue(ValueInstantiator creation) {
    return creation.canCreateUsingDelegate()
        || creation.canCreateUsingArrayDelegate()
        || creation.canCreateFromString()
        || creation.canCreateFromInt()
        || creation.canCreateFromLong()
        || creation.canCreateFromDouble()
        || creation.canCreateFromBoolean()
        || creation.canCreateFromBigInteger()
        || creation.canCreateFromBigDecimal();
  }

  private void properties(BeanDeserializerBase reads, BeanSerializerBase writes, String path) {
    var written = new HashSet<String>();
    for (var all = writes.properties(); all.hasNext(); ) {
      PropertyWriter writer = all.next();
      written.add(writer.getName());
      String at = path + "." + writer.getName();
      SettableBeanProperty property = reads.findProperty(writer.getName());
      if (property == null) {
        problem(at, "it is stored, but no constructor or field takes it back");
      } else if (!hasOwnForm(writer, property)) {
        walk(property.getType(), at);
      }
    }
    SettableBeanProperty[] needed =
        reads.getValueInstantiator().getFromObjectArguments(reading.getConfig());
    for (SettableBeanProperty one : needed == null ? new SettableBeanProperty[0] : needed) {
      if (one.getType().isPrimitive() && !written.contains(one.getName())) {
        problem(path + "." + one.getName(), "it is needed to read the value, but not stored");
      }
    }
  }

  private static boolean hasOwnForm(PropertyWriter writer, SettableBeanProperty property) {
    return writer.getAnnotation(JsonDeserialize.class) != null
        || property.getAnnotation(JsonDeserialize.class) != null
        || writer.getAnnotation(JsonTypeInfo.class) != null
        || property.getAnnotation(JsonTypeInfo.class) != null;
  }

  private void sealed(JavaType type, String path) {
    var byName = new HashMap<String, Class<?>>();
    for (Class<?> permitted : SealedTypes.permitted(type.getRawClass())) {
      String at = "%s(%s)".formatted(path, permitted.getSimpleName());
      if (!Modifier.isFinal(permitted.getModifiers()) && !permitted.isEnum()) {
        problem(at, "it is neither a record nor an enum: make it one");
        continue;
      }
      Optional<String> name = names.of(permitted);
      if (name.isEmpty()) {
        problem(
            at,
            "it has no stored name: annotate it with @StoredAs(\"%s\")"
                .formatted(StoredNames.suggestion(permitted)));
      } else if (!StoredNames.isSound(name.get())) {
        problem(
            at,
            "it is stored as \"%s\": only letters, digits, '.', '_' and '-' are allowed"
                .formatted(name.get()));
      } else if (byName.putIfAbsent(name.get(), permitted) != null) {
        problem(
            at,
            "it is stored as \"%s\", as %s is"
                .formatted(name.get(), byName.get(name.get()).getSimpleName()));
      }
      try {
        walk(mapper.getTypeFactory().constructSpecializedType(type, permitted), at);
      } catch (IllegalArgumentException e) {
        problem(at, firstLine(e));
      }
    }
  }

  private void problem(String path, String what) {
    sound = false;
    problems.accept(path + ": " + what);
  }

  private static String firstLine(Exception e) {
    String message =
        e instanceof JsonMappingException mapping ? mapping.getOriginalMessage() : e.getMessage();
    return String.valueOf(message).lines().findFirst().orElse("");
  }
}
