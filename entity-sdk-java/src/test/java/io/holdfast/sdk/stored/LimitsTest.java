// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.stored;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.protobuf.ListValue;
import com.google.protobuf.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Whatever is written is read, however large: else it would have been stored for nothing. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LimitsTest {

  record Large(String text, Map<String, Integer> map, BigInteger integer, BigDecimal decimal) {}

  record Nested(Optional<Nested> inner) {}

  record InMaps(Map<String, InMaps> inner) {}

  private static final Large NONE = new Large("", Map.of(), BigInteger.ZERO, BigDecimal.ZERO);

  @Test
  void texts_of_more_than_twenty_million_characters_are_read() {
    survives(new Large("x".repeat(20_000_001), NONE.map(), NONE.integer(), NONE.decimal()));
  }

  @Test
  void keys_of_more_than_fifty_thousand_characters_are_read() {
    var keys = Map.of("k".repeat(50_001), 1, "k".repeat(1_000_000), 2);
    survives(new Large("", keys, NONE.integer(), NONE.decimal()));
  }

  @Test
  void numbers_of_more_than_a_thousand_digits_are_read() {
    var integer = new BigInteger("1".repeat(200_000));
    survives(new Large("", Map.of(), new BigInteger("1".repeat(1_001)), NONE.decimal()));
    survives(new Large("", Map.of(), integer, new BigDecimal(integer, 150_000)));
    survives(new Large("", Map.of(), integer.negate(), new BigDecimal("1E+1000000")));
  }

  @Test
  void upgrades_read_what_is_large_too() {
    var type = json(Large.class);
    var large =
        new Large(
            "x".repeat(20_000_001),
            Map.of("k".repeat(50_001), 1),
            new BigInteger("1".repeat(1_001)),
            new BigDecimal("1." + "1".repeat(1_001)));
    var chain = new Upgrade.Chain("old", List.of(new Upgrade("old", "new", old -> old)));
    assertThat(type.decode(type.encode(large), chain)).isEqualTo(large);
  }

  @Test
  void what_lies_as_deep_as_is_read_is_written_and_what_is_deeper_is_not() {
    survives(nested(1000));
    assertThatThrownBy(() -> json(Nested.class).encode(nested(1001)))
        .isInstanceOf(StoredValueException.class)
        .hasMessageContaining("a value of Nested cannot be stored")
        .hasMessageContaining("depth (1001)")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500));
    // Records and maps take turns.
    survives(inMaps(500));
    assertThatThrownBy(() -> json(InMaps.class).encode(inMaps(501)))
        .isInstanceOf(StoredValueException.class)
        .hasMessageContaining("depth");
  }

  @Test
  void protobuf_messages_as_deep_as_is_read_are_written_and_deeper_ones_are_not() {
    var values = ProtobufType.of(Value.class);
    // A list and its value take turns.
    var deep = value(490);
    assertThat(values.decode(values.encode(deep))).isEqualTo(deep);
    assertThatThrownBy(() -> values.encode(value(510)))
        .isInstanceOf(StoredValueException.class)
        .hasMessageContaining("a value of Value cannot be stored");
  }

  @Test
  void a_failure_at_a_long_key_does_not_repeat_the_key() {
    var stored =
        BytesValue.of(
            ByteString.copyFromUtf8("{\"map\":{\"" + "k".repeat(100_000) + "\":\"no number\"}}"));
    assertThatThrownBy(() -> json(Large.class).decode(stored.toByteString()))
        .isInstanceOf(StoredValueException.class)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500));
  }

  private static Nested nested(int depth) {
    var nested = new Nested(Optional.empty());
    for (int i = 1; i < depth; i++) {
      nested = new Nested(Optional.of(nested));
    }
    return nested;
  }

  private static InMaps inMaps(int depth) {
    var nested = new InMaps(Map.of());
    for (int i = 1; i < depth; i++) {
      nested = new InMaps(Map.of("k", nested));
    }
    return nested;
  }

  private static Value value(int depth) {
    var value = Value.newBuilder().setBoolValue(true).build();
    for (int i = 0; i < depth; i++) {
      value = Value.newBuilder().setListValue(ListValue.newBuilder().addValues(value)).build();
    }
    return value;
  }

  private static void survives(Record value) {
    @SuppressWarnings("unchecked")
    var type = (JsonType<Record>) (JsonType<?>) json(value.getClass());
    var stored = type.encode(value);
    // Not the values themselves: comparing what lies deep takes more room than reading it.
    assertThat(type.encode(type.decode(stored)).equals(stored)).isTrue();
  }

  private static <T> JsonType<T> json(Class<T> type) {
    return JsonType.of(type, "value", StableJson.mapper(StoredNames.ANNOTATED));
  }
}
