// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.stored;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/**
 * The one way in which values become JSON: what a record's components say and nothing else, keys
 * sorted, no white space, times as ISO text. Changing any of it changes what is on disk.
 */
final class StableJson {

  /**
   * How deep objects and arrays may lie in one another: what is deeper is not written, because it
   * would not be read. Nothing else of JSON is limited in reading, for neither is it in writing: a
   * value is as large as a message between function and proxy may be.
   */
  static final int NESTING_DEPTH_MAX = 1000;

  private static final JsonMapper ANNOTATED = build(StoredNames.ANNOTATED);

  private StableJson() {}

  /**
   * Reads and writes under these names.
   *
   * @param names of classes that a sealed component may be of
   */
  static JsonMapper mapper(StoredNames names) {
    return names.registered().isEmpty() ? ANNOTATED : build(names);
  }

  private static JsonMapper build(StoredNames names) {
    return JsonMapper.builder(factory())
        .annotationIntrospector(new SealedTypes(names))
        .addModule(new BytesModule())
        .addModule(new Jdk8Module())
        .addModule(new JavaTimeModule())
        .addModule(new SortedCollections())
        .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
        // A record's own methods, isEmpty() say, are not part of its value.
        .visibility(PropertyAccessor.GETTER, Visibility.NONE)
        .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
        .visibility(PropertyAccessor.FIELD, Visibility.ANY)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
        // What does not fit is an error, not a guess: it is the only copy there is.
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        // Upgrades read numbers without knowing their type: keep every digit.
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .build();
  }

  private static JsonFactory factory() {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxStringLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .maxNumberLength(Integer.MAX_VALUE)
                .maxNestingDepth(NESTING_DEPTH_MAX)
                .build())
        .streamWriteConstraints(
            StreamWriteConstraints.builder().maxNestingDepth(NESTING_DEPTH_MAX).build())
        // The JDK takes time by the square of a number's digits.
        .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
        .build();
  }
}
