// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.holdfast.protocol.MetadataEntry;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MetadataTest {

  private static final Metadata EVENT =
      Metadata.of(
          Map.of(
              "ce-id", "7",
              "ce-source", "carts",
              "ce-specversion", "1.0",
              "ce-type", "item-added"));

  @Test
  void values_of_a_key_keep_their_order() {
    var metadata = Metadata.empty().with("X-Step", "one").with("other", "2").with("x-step", "two");
    assertThat(metadata.texts("x-step")).containsExactly("one", "two");
    assertThat(metadata.text("X-STEP")).contains("one");
    assertThat(metadata.keys()).containsExactly("other", "x-step");
  }

  @Test
  void binary_values_are_apart_from_text() {
    var bytes = ByteString.copyFrom(new byte[] {0, -1});
    var metadata = Metadata.empty().with("trace-bin", bytes);
    assertThat(metadata.bytes("trace-bin")).containsExactly(bytes);
    assertThat(metadata.texts("trace-bin")).isEmpty();
    assertThat(metadata.entries().getEntriesList())
        .containsExactly(
            MetadataEntry.newBuilder().setKey("trace-bin").setBytesValue(bytes).build());
  }

  @Test
  void adding_leaves_the_original_as_it_was() {
    var one = Metadata.empty().with("x", "1");
    assertThat(one.with("x", "2")).isNotEqualTo(one);
    assertThat(one.texts("x")).containsExactly("1");
    assertThat(Metadata.empty().isEmpty()).isTrue();
    assertThat(one.isEmpty()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", ":path", "umläut", "x-bin"})
  void a_key_that_cannot_name_a_text_is_refused(String key) {
    assertThatThrownBy(() -> Metadata.empty().with(key, "value"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"two\nlines", "umläut", "\u007f"})
  void a_text_that_cannot_travel_is_refused(String value) {
    assertThatThrownBy(() -> Metadata.empty().with("x-name", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the value of header x-name is not printable ASCII: send it as bytes, under x-name-bin");
  }

  @Test
  void bytes_need_a_key_that_says_so() {
    assertThatThrownBy(() -> Metadata.empty().with("trace", ByteString.EMPTY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("header trace takes text: the names of binary ones end in -bin");
  }

  @Test
  void an_events_attributes_are_read() {
    var event =
        EVENT
            .with("ce-time", "2024-02-29T12:00:00.5+02:00")
            .with("ce-subject", "user-1")
            .with("ce-datacontenttype", "application/json")
            .cloudEvent();
    assertThat(event)
        .contains(
            new CloudEvent(
                "7",
                "carts",
                "1.0",
                "item-added",
                Optional.of(Instant.parse("2024-02-29T10:00:00.5Z")),
                Optional.of("user-1"),
                Optional.of("application/json")));
  }

  @Test
  void an_event_may_lack_what_is_optional() {
    var context = new CommandContext("c1", "Apply", 0, EVENT);
    assertThat(context.cloudEvent())
        .contains(
            new CloudEvent(
                "7",
                "carts",
                "1.0",
                "item-added",
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void a_time_that_is_none_is_left_out() {
    assertThat(EVENT.with("ce-time", "yesterday").cloudEvent().orElseThrow().time()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ce-id", "ce-source", "ce-specversion", "ce-type"})
  void without_what_every_event_has_there_is_none(String missing) {
    var metadata = Metadata.empty();
    for (String key : EVENT.keys()) {
      if (!key.equals(missing)) {
        metadata = metadata.with(key, EVENT.text(key).orElseThrow());
      }
    }
    assertThat(metadata.keys()).hasSize(3);
    assertThat(metadata.cloudEvent()).isEmpty();
  }
}
