// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.stored;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.protobuf.DoubleValue;
import com.google.protobuf.FloatValue;
import com.google.protobuf.Int32Value;
import com.google.protobuf.Int64Value;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import io.holdfast.sdk.StoredAs;
import io.holdfast.sdk.testproto.CartView;
import io.holdfast.sdk.testproto.ItemCounted;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StoredTypesTest {

  sealed interface Event {}

  @StoredAs("moved.v3")
  record Moved(int x, int y, String by) implements Event {}

  @StoredAs("direction")
  enum Direction implements Event {
    LEFT,
    /** Has a class of its own. */
    RIGHT {
      @Override
      int sign() {
        return 1;
      }
    };

    int sign() {
      return -1;
    }
  }

  private static final List<Upgrade> UPGRADES =
      List.of(
          new Upgrade("moved.v1", "moved.v2", json -> json.put("y", 0)),
          new Upgrade("moved.v2", "moved.v3", json -> json.put("by", "nobody")));

  private final StoredTypes<Event> events = types(Event.class);

  @Test
  void records_and_enums_of_a_sealed_interface_are_stored_under_their_names() {
    assertThat(survivor(events, new Moved(1, 2, "me"), "json.cloudstate.io/moved.v3"))
        .isEqualTo(new Moved(1, 2, "me"));
    assertThat(survivor(events, Direction.LEFT, "json.cloudstate.io/direction"))
        .isEqualTo(Direction.LEFT);
    assertThat(survivor(events, Direction.RIGHT, "json.cloudstate.io/direction"))
        .isEqualTo(Direction.RIGHT);
  }

  @Test
  void upgrades_follow_one_another() {
    assertThat(events.decode(json("moved.v2", "{\"x\":1,\"y\":2}")))
        .isEqualTo(new Moved(1, 2, "nobody"));
    assertThat(events.decode(json("moved.v1", "{\"x\":1}"))).isEqualTo(new Moved(1, 0, "nobody"));
  }

  @Test
  void what_an_upgrade_leaves_wrong_is_named_by_the_stored_name() {
    assertThatThrownBy(() -> events.decode(json("moved.v1", "{\"z\":1}")))
        .isInstanceOf(StoredValueException.class)
        .hasMessageContaining("json.cloudstate.io/moved.v1");
    assertThatThrownBy(() -> events.decode(json("moved.v1", "[]")))
        .isInstanceOf(StoredValueException.class)
        .hasMessageContaining("objects");
  }

  @Test
  void an_unknown_type_is_named_along_with_the_known_ones() {
    assertThatThrownBy(() -> events.decode(json("jumped", "{}")))
        .isInstanceOf(StoredValueException.class)
        .hasMessage(
            "a stored event is of type json.cloudstate.io/jumped, which this function does not know; it knows [json.cloudstate.io/direction, json.cloudstate.io/moved.v1, json.cloudstate.io/moved.v2, json.cloudstate.io/moved.v3]. Register an upgrade for it, or the name it was stored under");
  }

  @Test
  void protobuf_messages_are_stored_as_themselves() {
    var counted = ItemCounted.newBuilder().setProductId("tea").setQuantity(2).build();
    assertThat(types(ItemCounted.class).encode(counted)).isEqualTo(Any.pack(counted));
    assertThat(types(ItemCounted.class).decode(Any.pack(counted))).isEqualTo(counted);
  }

  @Test
  void equal_protobuf_maps_have_equal_bytes() {
    var views = types(CartView.class);
    var one = CartView.newBuilder();
    var two = CartView.newBuilder();
    for (int i = 0; i < 100; i++) {
      one.putQuantities("p" + i, i);
      two.putQuantities("p" + (99 - i), 99 - i);
    }
    assertThat(views.encode(one.build())).isEqualTo(views.encode(two.build()));
  }

  @Test
  void a_message_of_another_type_is_refused() {
    var collector = new TypeCollector<Message>("event", Map.of(), problem -> {});
    collector.collect(ItemCounted.class);
    assertThatThrownBy(() -> collector.build(List.of()).encode(CartView.getDefaultInstance()))
        .isInstanceOf(StoredValueException.class)
        .hasMessageContaining("CartView");
  }

  @Test
  void primitives_are_a_message_with_one_field_or_nothing_at_all() {
    primitive(String.class, "string", "", "tea", StringValue.of("tea"));
    primitive(Integer.class, "int32", 0, -5, Int32Value.of(-5));
    primitive(Long.class, "int64", 0L, 1L << 40, Int64Value.of(1L << 40));
    primitive(Boolean.class, "bool", false, true, BoolValue.of(true));
    primitive(Double.class, "double", 0.0, -0.0, DoubleValue.of(-0.0));
    primitive(Float.class, "float", 0.0f, 1.5f, FloatValue.of(1.5f));
    var bytes = ByteString.copyFromUtf8("tea");
    primitive(ByteString.class, "bytes", ByteString.EMPTY, bytes, BytesValue.of(bytes));
  }

  private static <T> void primitive(
      Class<T> type, String name, T defaultValue, T value, Message message) {
    var types = types(type);
    assertThat(survivor(types, defaultValue, "p.cloudstate.io/" + name)).isEqualTo(defaultValue);
    assertThat(types.encode(defaultValue).getValue()).isEmpty();
    assertThat(survivor(types, value, "p.cloudstate.io/" + name)).isEqualTo(value);
    assertThat(types.encode(value).getValue()).isEqualTo(message.toByteString());
  }

  private static <V> V survivor(StoredTypes<V> types, V value, String typeUrl) {
    var stored = types.encode(value);
    assertThat(stored.getTypeUrl()).isEqualTo(typeUrl);
    return types.decode(stored);
  }

  private static <V> StoredTypes<V> types(Class<V> type) {
    var collector =
        new TypeCollector<V>(
            "event",
            Map.of(),
            problem -> {
              throw new AssertionError(problem);
            });
    collector.collect(type);
    return collector.build(UPGRADES);
  }

  private static Any json(String name, String text) {
    return Any.newBuilder()
        .setTypeUrl("json.cloudstate.io/" + name)
        .setValue(BytesValue.of(ByteString.copyFromUtf8(text)).toByteString())
        .build();
  }
}
