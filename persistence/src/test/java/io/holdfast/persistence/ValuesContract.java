// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import static io.holdfast.persistence.Events.event;
import static io.holdfast.persistence.Events.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.storage.v1.StoredValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What every store does with values. */
@DisplayNameGeneration(ReplaceUnderscores.class)
abstract class ValuesContract extends StoreFixture {

  private Optional<StoredValue> get(String id) {
    return store.values().get(id).toCompletableFuture().join();
  }

  private void put(String id, StoredValue value) {
    store.values().put(id, value).toCompletableFuture().join();
  }

  @Test
  void there_is_no_value_before_the_first_is_put() {
    assertThat(get(CART)).isEmpty();
  }

  @Test
  void the_newest_value_takes_the_place_of_the_one_before() {
    put(CART, value(1, "one"));
    put(CART, value(2, "two"));

    assertThat(get(CART)).contains(value(2, "two"));
  }

  @Test
  void the_longest_id_that_every_store_takes_has_a_value_like_others() {
    put(longestId(), value(1, "one"));
    put(longestId(), value(2, "two"));

    assertThat(get(longestId())).contains(value(2, "two"));
  }

  @Test
  void of_two_writers_that_saw_the_same_value_only_one_wins() {
    put(CART, value(1, "one"));
    put(CART, value(2, "mine"));

    assertThatThrownBy(() -> put(CART, value(2, "yours")))
        .hasCauseInstanceOf(WriteRefusedException.class)
        .hasMessageContaining("the next one must be 3");
    assertThat(get(CART)).contains(value(2, "mine"));
  }

  @Test
  void a_first_value_that_is_not_the_first_revision_is_refused() {
    assertThatThrownBy(() -> put(CART, value(2, "two")))
        .hasCauseInstanceOf(WriteRefusedException.class);
    assertThat(get(CART)).isEmpty();
  }

  @Test
  void a_deletion_leaves_the_revision_behind() {
    StoredValue deletion = value(2, "").toBuilder().clearTypeUrl().build();
    put(CART, value(1, "one"));
    put(CART, deletion);

    assertThat(get(CART)).contains(deletion);
    assertThatThrownBy(() -> put(CART, value(1, "again")))
        .hasCauseInstanceOf(WriteRefusedException.class);
  }

  @Test
  void values_and_events_of_the_same_id_do_not_meet() {
    append(CART, event(1, "event"));
    put(CART, value(1, "value"));

    assertThat(get(CART)).contains(value(1, "value"));
    assertThat(read(CART, 1, Long.MAX_VALUE)).containsExactly(event(1, "event"));
  }

  @Test
  void puts_that_do_not_wait_for_each_other_are_stored_in_their_order() {
    List<CompletableFuture<Void>> done = new ArrayList<>();
    IntStream.rangeClosed(1, 100)
        .forEach(
            revision ->
                done.add(
                    store
                        .values()
                        .put(CART, value(revision, "" + revision))
                        .toCompletableFuture()));
    done.forEach(CompletableFuture::join);

    assertThat(get(CART)).contains(value(100, "100"));
  }
}
