// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.stored;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has a component whose type is sealed say which of its classes it is, by the stored name: {@code
 * {"@type":"by-card","number":"4"}}. What Jackson's annotations say wins.
 *
 * <p>A component of one of those classes itself needs no such name, and neither does what lies
 * directly in an Any, whose type URL has it.
 */
final class SealedTypes extends JacksonAnnotationIntrospector {

  private static final long serialVersionUID = 1L;

  private static final JsonTypeInfo.Value BY_NAME =
      JsonTypeInfo.Value.construct(
          JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, "@type", null, false, null);

  private final transient StoredNames names;

  SealedTypes(StoredNames names) {
    this.names = names;
  }

  /** Whether values of that type are always of another class, one of those it permits. */
  static boolean isSealed(Class<?> type) {
    // Enums whose constants have bodies are sealed, too.
    return type.isSealed()
        && Modifier.isAbstract(type.getModifiers())
        && !Enum.class.isAssignableFrom(type);
  }

  /** The classes that it permits in the end, in the order of their declaration. */
  static List<Class<?>> permitted(Class<?> type) {
    var all = new ArrayList<Class<?>>();
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      if (isSealed(permitted)) {
        all.addAll(permitted(permitted));
      } else {
        all.add(permitted);
      }
    }
    return all.stream().distinct().toList();
  }

  @Override
  public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(
      MapperConfig<?> config, Annotated annotated) {
    var said = super.findPolymorphicTypeInfo(config, annotated);
    return said == null && isSealedClass(annotated) ? BY_NAME : said;
  }

  @Override
  public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
    var said = super.findSubtypes(annotated);
    if (said != null || !isSealedClass(annotated)) {
      return said;
    }
    return permitted(annotated.getRawType()).stream()
        .map(type -> new NamedType(type, names.of(type).orElse(null)))
        .toList();
  }

  @Override
  public @Nullable String findTypeName(AnnotatedClass type) {
    String said = super.findTypeName(type);
    return said == null ? names.of(type.getRawType()).orElse(null) : said;
  }

  private static boolean isSealedClass(Annotated annotated) {
    return annotated instanceof AnnotatedClass && isSealed(annotated.getRawType());
  }
}
