// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.persistence.Events;
import io.holdfast.persistence.GroupSizes;
import io.holdfast.persistence.plugin.Outcome;
import io.holdfast.persistence.record.EntityKeys;
import io.holdfast.persistence.record.EventRecords;
import io.holdfast.persistence.record.FailingRecords;
import io.holdfast.persistence.record.FailingRecords.Commit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class GroupTest {

  private final FailingRecords records = new FailingRecords();
  private final Heads heads = new Heads(new EventRecords(records)::highestSequence, 2);
  private final GroupSizes sizes = new GroupSizes();
  private final Group group = new Group(records, sizes, heads);
  private final List<String> told = new ArrayList<>();

  @Test
  void everyone_is_told_after_one_commit() {
    append("cart|a");
    append("cart|b");
    assertThat(told).isEmpty();

    group.commit();

    assertThat(told).containsExactly("cart|a stored", "cart|b stored");
    assertThat(group.isEmpty()).isTrue();
  }

  @Test
  void how_many_writes_a_commit_holds_is_told_if_it_succeeds() {
    var committed = new ArrayList<Integer>();
    sizes.watch(committed::add);
    append("cart|a");
    append("cart|b");
    group.commit();
    append("cart|a");
    group.commit();
    append("cart|a");
    records.next(Commit.FAILS);
    group.commit();

    assertThat(committed).containsExactly(2, 1);
  }

  @Test
  void everyone_is_told_even_if_whoever_counts_fails() {
    sizes.watch(
        writes -> {
          throw new IllegalStateException("defect");
        });
    append("cart|a");

    group.commit();

    assertThat(told).containsExactly("cart|a stored");
  }

  @Test
  void a_failed_commit_fails_every_write_of_the_group_with_its_cause() {
    append("cart|a");
    append("cart|b");
    records.next(Commit.FAILS);

    group.commit();

    assertThat(told)
        .containsExactly(
            "cart|a failed: The disk is on fire; put it out.",
            "cart|b failed: The disk is on fire; put it out.");
  }

  @Test
  void after_a_failed_commit_the_last_number_is_what_is_really_there() {
    append("cart|a");
    records.next(Commit.FAILS);
    group.commit();
    assertThat(heads.of("cart|a").lastNumber).isZero();

    append("cart|a");
    records.next(Commit.FAILS_AFTER_STORING);
    group.commit();
    assertThat(heads.of("cart|a").lastNumber).isEqualTo(1);
  }

  @Test
  void a_number_that_was_read_before_an_entity_was_forgotten_is_not_remembered() {
    long asOf = heads.generation();
    append("cart|a");
    group.commit();
    heads.of("cart|b");
    heads.of("cart|c");

    // A recovery read 0 before the append; the append's number was forgotten since.
    heads.remember(new EntityKeys("cart|a"), 0, asOf);

    assertThat(heads.of("cart|a").lastNumber).isEqualTo(1);
  }

  @Test
  void a_number_that_waits_to_be_stored_is_not_forgotten() {
    append("cart|a");
    heads.of("cart|b");
    heads.of("cart|c");

    assertThat(heads.of("cart|a").lastNumber).isEqualTo(1);
  }

  @Test
  void a_number_that_was_read_before_an_append_does_not_replace_it() {
    long asOf = heads.generation();
    append("cart|a");

    heads.remember(new EntityKeys("cart|a"), 0, asOf);

    assertThat(heads.of("cart|a").lastNumber).isEqualTo(1);
  }

  private void append(String persistenceId) {
    var head = heads.of(persistenceId);
    group.await(
        head,
        new Outcome() {
          @Override
          public void stored() {
            told.add(persistenceId + " stored");
          }

          @Override
          public void failed(RuntimeException cause) {
            told.add(persistenceId + " failed: " + cause.getMessage());
          }
        });
    group.append(head, Events.event(head.lastNumber + 1, "x"));
  }
}
