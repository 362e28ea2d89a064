// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.stored;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import io.holdfast.sdk.StoredAs;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StableJsonTest {

  enum Colour {
    RED,
    GREEN
  }

  record Nested(String text, Optional<Integer> number) {
    /** Not part of the value. */
    public boolean isEmpty() {
      return text.isEmpty();
    }

    /** Nor is this. */
    public String getShout() {
      return text + "!";
    }
  }

  @StoredAs("everything")
  record Everything(
      String zulu,
      int alpha,
      long large,
      double real,
      boolean yes,
      Colour colour,
      Instant at,
      Duration took,
      BigDecimal price,
      List<Nested> list,
      Set<String> set,
      Map<String, Nested> map,
      Map<Integer, Set<Colour>> numbered) {}

  private final JsonType<Everything> type =
      JsonType.of(Everything.class, "everything", StableJson.mapper(StoredNames.ANNOTATED));

  @Property
  void what_is_written_can_be_read(@ForAll("everything") Everything value) {
    assertThat(type.decode(type.encode(value))).isEqualTo(value);
  }

  @Property
  void equal_values_have_equal_bytes(@ForAll("everything") Everything value) {
    var twin =
        new Everything(
            value.zulu(),
            value.alpha(),
            value.large(),
            value.real(),
            value.yes(),
            value.colour(),
            value.at(),
            value.took(),
            value.price(),
            List.copyOf(value.list()),
            backwards(value.set()),
            backwards(value.map()),
            new TreeMap<>(value.numbered()).descendingMap());
    assertThat(twin).isEqualTo(value);
    assertThat(type.encode(twin)).isEqualTo(type.encode(value));
    assertThat(type.encode(type.decode(type.encode(value)))).isEqualTo(type.encode(value));
  }

  @Example
  void keys_are_sorted_and_nothing_is_added() {
    var value =
        new Everything(
            "z",
            1,
            2,
            0.5,
            true,
            Colour.GREEN,
            Instant.parse("2026-01-02T03:04:05Z"),
            Duration.ofSeconds(90),
            new BigDecimal("1.50"),
            List.of(new Nested("n", Optional.empty())),
            new LinkedHashSet<>(List.of("b", "a")),
            new LinkedHashMap<>(Map.of("k", new Nested("", Optional.of(3)))),
            Map.of(10, Set.of(Colour.RED), 9, Set.of()));
    String json =
        "{\"alpha\":1,\"at\":\"2026-01-02T03:04:05Z\",\"colour\":\"GREEN\",\"large\":2,"
            + "\"list\":[{\"number\":null,\"text\":\"n\"}],"
            + "\"map\":{\"k\":{\"number\":3,\"text\":\"\"}},"
            + "\"numbered\":{\"10\":[\"RED\"],\"9\":[]},\"price\":1.50,\"real\":0.5,"
            + "\"set\":[\"a\",\"b\"],\"took\":\"PT1M30S\",\"yes\":true,\"zulu\":\"z\"}";
    assertThat(type.typeUrl()).isEqualTo("json.cloudstate.io/everything");
    var bytes = type.encode(value);
    // The tag of field 1 and a length of two bytes come first.
    assertThat(bytes.byteAt(0)).isEqualTo((byte) 0x0a);
    assertThat(bytes.substring(3).toStringUtf8()).isEqualTo(json);
  }

  @Example
  void what_does_not_fit_is_an_error_and_not_a_guess() {
    var nested = JsonType.of(Nested.class, "nested", StableJson.mapper(StoredNames.ANNOTATED));
    assertThatThrownBy(() -> nested.decode(json("{\"text\":\"a\",\"number\":1,\"more\":2}")))
        .isInstanceOf(StoredValueException.class)
        .hasMessageContaining("json.cloudstate.io/nested")
        .hasMessageContaining("more");
    assertThatThrownBy(() -> nested.decode(json("{\"text\":\"a\",\"number\":\"one\"}")))
        .isInstanceOf(StoredValueException.class)
        .hasMessageContaining("number");
    assertThatThrownBy(() -> nested.decode(json("not json")))
        .isInstanceOf(StoredValueException.class);
    assertThatThrownBy(() -> type.decode(json("{}")))
        .isInstanceOf(StoredValueException.class)
        .hasMessageContaining("Cannot map");
  }

  @Example
  void a_component_that_old_events_lack_is_null_or_empty() {
    var nested = JsonType.of(Nested.class, "nested", StableJson.mapper(StoredNames.ANNOTATED));
    assertThat(nested.decode(json("{\"text\":\"a\"}")))
        .isEqualTo(new Nested("a", Optional.empty()));
  }

  private static ByteString json(String text) {
    return BytesValue.of(ByteString.copyFromUtf8(text)).toByteString();
  }

  private static Set<String> backwards(Set<String> set) {
    var sorted = new TreeSet<String>(Comparator.reverseOrder());
    sorted.addAll(set);
    return sorted;
  }

  private static <V> Map<String, V> backwards(Map<String, V> map) {
    var sorted = new TreeMap<String, V>(Comparator.reverseOrder());
    sorted.putAll(map);
    return sorted;
  }

  @Provide
  Arbitrary<Everything> everything() {
    var texts = Arbitraries.strings().excludeChars(surrogates()).ofMaxLength(8);
    var nested = Combinators.combine(texts, Arbitraries.integers().optional()).as(Nested::new);
    var times =
        Arbitraries.longs()
            .between(-1_000_000_000_000L, 4_000_000_000_000L)
            .map(Instant::ofEpochMilli);
    var colours = Arbitraries.of(Colour.class);
    var scalars =
        Combinators.combine(
                texts,
                Arbitraries.integers(),
                Arbitraries.longs(),
                Arbitraries.doubles(),
                colours,
                times,
                Arbitraries.bigDecimals().ofScale(3))
            .as(
                (text, number, large, real, colour, at, price) ->
                    new Everything(
                        text,
                        number,
                        large,
                        real,
                        number > 0,
                        colour,
                        at,
                        Duration.ofMillis(number),
                        price,
                        List.of(),
                        Set.of(),
                        Map.of(),
                        Map.of()));
    return Combinators.combine(
            scalars,
            nested.list().ofMaxSize(3),
            texts.set().ofMaxSize(4),
            Arbitraries.maps(texts, nested).ofMaxSize(4),
            Arbitraries.maps(Arbitraries.integers(), colours.set()).ofMaxSize(4))
        .as(
            (of, list, set, map, numbered) ->
                new Everything(
                    of.zulu(),
                    of.alpha(),
                    of.large(),
                    of.real(),
                    of.yes(),
                    of.colour(),
                    of.at(),
                    of.took(),
                    of.price(),
                    list,
                    set,
                    new HashMap<>(map),
                    numbered));
  }

  /** Half a character is no character: it cannot be written as UTF-8. */
  private static char[] surrogates() {
    var surrogates = new char[Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1];
    for (int i = 0; i < surrogates.length; i++) {
      surrogates[i] = (char) (Character.MIN_SURROGATE + i);
    }
    return surrogates;
  }
}
