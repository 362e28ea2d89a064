// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.stored;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.protobuf.ByteString;
import io.holdfast.sdk.StoredAs;
import io.holdfast.sdk.testproto.CartView;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ShapeCheckTest {

  // What can be stored, and comes back equal.

  sealed interface Kind {}

  @StoredAs("by-card")
  record ByCard(String number, Optional<Kind> before) implements Kind {}

  sealed interface Odd extends Kind {}

  @StoredAs("by-hand")
  record ByHand() implements Odd {}

  @StoredAs("by-other")
  enum ByOther implements Odd {
    CHEQUE,
    BARTER {
      @Override
      public String toString() {
        return "goods";
      }
    }
  }

  record Booked(
      long cents,
      Kind kind,
      List<Kind> others,
      Map<String, Kind> named,
      Set<Kind> set,
      ByCard card,
      Optional<Kind> maybe) {}

  record Tree(String name, List<Tree> children) {}

  record Open() {}

  record Box<T>(T content) {}

  record Boxes(Box<String> text, Box<List<Kind>> kinds) {}

  record Sku(@JsonValue String code) {
    @JsonCreator
    Sku {}
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "form")
  @JsonSubTypes(@JsonSubTypes.Type(value = Round.class, name = "round"))
  interface Form {}

  record Round(int radius) implements Form {}

  static final class Point {
    private int x;

    Point() {}

    Point(int x) {
      this.x = x;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Point point && point.x == x;
    }

    @Override
    public int hashCode() {
      return x;
    }
  }

  record Own(Sku sku, Form form, Point point, Map<Sku, Integer> bySku) {}

  record Times(
      Instant instant,
      LocalDate date,
      LocalTime time,
      LocalDateTime dateTime,
      OffsetDateTime offsetDateTime,
      Duration duration,
      Period period,
      Year year,
      YearMonth yearMonth,
      MonthDay monthDay,
      ZoneId zone,
      ZoneOffset offset,
      DayOfWeek day) {}

  record Scalars(
      byte b,
      short s,
      char c,
      float f,
      double d,
      Long boxed,
      BigInteger integer,
      BigDecimal decimal,
      UUID uuid,
      URI uri,
      Locale locale,
      Currency currency,
      ByteString bytes,
      OptionalInt perhaps,
      OptionalLong not) {}

  record Collections(
      SortedSet<String> sorted,
      SortedMap<Integer, List<Long>> numbered,
      EnumMap<ByOther, Boolean> byOther,
      Map<Kinds, Set<ByOther>> byKind,
      Map<UUID, Map<LocalDate, Double>> nested,
      Set<ByteString> bytes) {}

  enum Kinds {
    ONE {
      @Override
      public String toString() {
        return "the first";
      }
    },
    TWO
  }

  static List<Object> what_can_be_stored() {
    var card = new ByCard("4", Optional.of(new ByHand()));
    var byOther = new EnumMap<ByOther, Boolean>(ByOther.class);
    byOther.put(ByOther.BARTER, true);
    return List.of(
        new Booked(
            5,
            card,
            List.of(new ByHand(), ByOther.CHEQUE, ByOther.BARTER),
            Map.of("a", card, "b", ByOther.CHEQUE),
            Set.of(card, new ByHand(), ByOther.BARTER),
            card,
            Optional.of(new ByHand())),
        new Tree("a", List.of(new Tree("b", List.of()))),
        new Open(),
        new Boxes(new Box<>("a"), new Box<>(List.of(card))),
        new Own(new Sku("a"), new Round(1), new Point(2), Map.of(new Sku("b"), 3)),
        new Times(
            Instant.EPOCH,
            LocalDate.of(2026, 2, 3),
            LocalTime.NOON,
            LocalDateTime.of(2026, 2, 3, 4, 5),
            OffsetDateTime.of(2026, 2, 3, 4, 5, 6, 0, ZoneOffset.ofHours(2)),
            Duration.ofMillis(1),
            Period.ofDays(3),
            Year.of(2026),
            YearMonth.of(2026, 2),
            MonthDay.of(2, 3),
            ZoneId.of("Europe/Berlin"),
            ZoneOffset.ofHours(1),
            DayOfWeek.FRIDAY),
        new Scalars(
            (byte) -1,
            (short) 2,
            'c',
            0.1f,
            Double.NaN,
            Long.MAX_VALUE,
            BigInteger.TEN.pow(50),
            new BigDecimal("1.500"),
            new UUID(1, 2),
            URI.create("a:b"),
            Locale.CANADA,
            Currency.getInstance("EUR"),
            ByteString.copyFromUtf8("bytes"),
            OptionalInt.of(0),
            OptionalLong.empty()),
        new Collections(
            new TreeSet<>(Set.of("b", "a")),
            new TreeMap<>(Map.of(10, List.of(1L), 9, List.of())),
            byOther,
            Map.of(Kinds.ONE, Set.of(ByOther.BARTER, ByOther.CHEQUE)),
            Map.of(new UUID(1, 2), Map.of(LocalDate.EPOCH, Double.POSITIVE_INFINITY)),
            Set.of(ByteString.copyFromUtf8("a"), ByteString.EMPTY)));
  }

  @ParameterizedTest
  @MethodSource("what_can_be_stored")
  void is_taken_and_comes_back_equal(Object value) {
    assertThat(problems(value.getClass())).isEmpty();
    assertThat(survivor(value)).isEqualTo(value);
  }

  private static <T> T survivor(T value) {
    @SuppressWarnings("unchecked")
    var type =
        (JsonType<T>)
            JsonType.of(value.getClass(), "value", StableJson.mapper(StoredNames.ANNOTATED));
    return type.decode(type.encode(value));
  }

  // What cannot.

  interface Plain {}

  abstract static class Part {}

  static class Loose {
    int x = 1;
  }

  static final class Made {
    final int x;

    Made(int x) {
      this.x = x;
    }
  }

  sealed interface Half {}

  @StoredAs("one")
  record One() implements Half {}

  record Nameless() implements Half {}

  static final class Third implements Half {
    final Object any = 1;

    Third() {}
  }

  @StoredAs("one")
  record Other() implements Half {}

  @SuppressWarnings("ArrayRecordComponent")
  @StoredAs("no name")
  record Spaced(int[] numbers) implements Half {}

  non-sealed interface Free extends Half {}

  record Key(String code) {}

  record Halves(List<Half> halves) {}

  record Deep(Map<String, List<Optional<Inner>>> deep) {}

  record Inner(@Nullable Supplier<String> supplier) {}

  record Forgetful(@JsonIgnore int forgotten, int kept) {}

  record OneWay(@JsonValue String code, int more) {}

  @SuppressWarnings({"rawtypes", "ArrayRecordComponent"})
  record Bad(
      Object any,
      List raw,
      List<?> wild,
      Box<?> box,
      Number number,
      int[] numbers,
      byte[] bytes,
      List<String[]> texts,
      CartView message,
      Plain plain,
      Part part,
      Loose loose,
      Made made,
      Thread thread,
      Optional<Optional<String>> maybe,
      Map<Key, String> keyed,
      Map<Object, Plain> keyedByAny,
      Iterable<Plain> iterable,
      Class<?> fine) {}

  @Test
  void each_component_that_could_not_be_read_back_is_named_with_its_path() {
    assertThat(problems(Bad.class))
        .anySatisfy(is("Bad.any: nothing says of which type it is (Object)"))
        .anySatisfy(is("Bad.raw[]: nothing says of which type it is (Object)"))
        .anySatisfy(is("Bad.wild[]: nothing says of which type it is (Object)"))
        .anySatisfy(is("Bad.box.content: nothing says of which type it is (Object)"))
        .anySatisfy(is("Bad.number: nothing says of which type it is (Number)"))
        .anySatisfy(is("Bad.numbers: an array is equal only to itself: make it a List"))
        .anySatisfy(is("Bad.bytes: an array is equal only to itself: make it a ByteString"))
        .anySatisfy(is("Bad.texts[]: an array is equal only to itself: make it a List"))
        .anySatisfy(is("Bad.message: a protobuf message (CartView) cannot lie in a record"))
        .anySatisfy(is("Bad.plain: Plain is an interface"))
        .anySatisfy(is("Bad.part: Part is an abstract class"))
        .anySatisfy(is("Bad.loose: Loose may be extended"))
        .anySatisfy(is("Bad.made: "))
        .anySatisfy(is("Bad.thread: java.lang.Thread has no form as JSON"))
        .anySatisfy(is("Bad.maybe: an Optional in an Optional is lost when it is empty"))
        .anySatisfy(is("Bad.keyed: a key of a map is text: keys of Key cannot be read back"))
        .anySatisfy(is("Bad.keyedByAny: a key of a map is text"))
        .anySatisfy(is("Bad.iterable[]: Plain is an interface"))
        .noneSatisfy(is("Bad.fine"));
  }

  @Test
  void the_path_leads_through_records_lists_maps_and_optionals() {
    assertThat(problems(Deep.class))
        .singleElement()
        .satisfies(is("Deep.deep{}[].supplier: Supplier is an interface"));
  }

  @Test
  void every_class_of_a_sealed_component_needs_a_name_of_its_own_and_a_sound_shape() {
    assertThat(problems(Halves.class))
        .anySatisfy(
            is(
                "Halves.halves[](Nameless): it has no stored name: annotate it with @StoredAs(\"nameless\")"))
        .anySatisfy(is("Halves.halves[](Third): it has no stored name"))
        .anySatisfy(is("Halves.halves[](Third).any: nothing says of which type it is"))
        .anySatisfy(is("Halves.halves[](Other): it is stored as \"one\", as One is"))
        .anySatisfy(is("Halves.halves[](Spaced): it is stored as \"no name\""))
        .anySatisfy(is("Halves.halves[](Spaced).numbers: an array"))
        .anySatisfy(is("Halves.halves[](Free): it is neither a record nor an enum"))
        .hasSize(7);
  }

  @Test
  void what_is_needed_and_not_stored_is_named() {
    assertThat(problems(Forgetful.class))
        .singleElement()
        .satisfies(is("Forgetful.forgotten: it is needed to read the value, but not stored"));
    assertThat(problems(OneWay.class))
        .singleElement()
        .satisfies(is("OneWay: OneWay is written as one value"));
  }

  @Test
  void names_given_in_the_description_count_in_components_too() {
    var names = new StoredNames(Map.of(Nameless.class, "nameless", Other.class, "other"));
    var mapper = StableJson.mapper(names);
    var type = JsonType.of(Halves.class, "halves", mapper);
    var value = new Halves(List.of(new Nameless(), new Other()));
    assertThat(type.encode(value).toStringUtf8())
        .endsWith("{\"halves\":[{\"@type\":\"nameless\"},{\"@type\":\"other\"}]}");
    assertThat(type.decode(type.encode(value))).isEqualTo(value);
  }

  @Test
  void a_sealed_component_says_by_its_stored_name_which_it_is() {
    var type = JsonType.of(Booked.class, "booked", StableJson.mapper(StoredNames.ANNOTATED));
    var card = new ByCard("4", Optional.empty());
    var booked =
        new Booked(
            1, card, List.of(ByOther.BARTER), Map.of(), Set.of(), card, Optional.of(new ByHand()));
    assertThat(type.encode(booked).substring(3).toStringUtf8())
        .isEqualTo(
            "{\"card\":{\"before\":null,\"number\":\"4\"},\"cents\":1,"
                + "\"kind\":{\"@type\":\"by-card\",\"before\":null,\"number\":\"4\"},"
                + "\"maybe\":{\"@type\":\"by-hand\"},\"named\":{},"
                + "\"others\":[[\"by-other\",\"BARTER\"]],\"set\":[]}");
  }

  private static List<String> problems(Class<?> type) {
    var problems = new ArrayList<String>();
    new ShapeCheck(StableJson.mapper(StoredNames.ANNOTATED), StoredNames.ANNOTATED, problems::add)
        .check(type);
    return problems;
  }

  private static java.util.function.Consumer<String> is(String beginning) {
    return problem -> assertThat(problem).startsWith(beginning);
  }
}
