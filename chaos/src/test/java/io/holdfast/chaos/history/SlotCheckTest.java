// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.chaos.history.Outcome.NothingHappened;
import io.holdfast.chaos.history.Outcome.Overwrote;
import io.holdfast.chaos.history.Outcome.Seen;
import io.holdfast.chaos.history.Outcome.Unknown;
import io.holdfast.chaos.history.Violation.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Each broken promise, in a history made by hand. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SlotCheckTest {

  private final List<Operation> sent = new ArrayList<>();
  private Optional<StoredEntry> last = Optional.empty();
  private long now;

  /** One after the other. */
  private void sent(String command, Outcome outcome) {
    sent(command, now + 1, now + 2, outcome);
  }

  private void sent(String command, long start, long end, Outcome outcome) {
    sent.add(new Operation("slot", command, 1, start, end, outcome));
    now = Math.max(now, end);
  }

  private void wrote(String command, long position, String before) {
    sent(command, wrote(command, position, before, "i"));
  }

  private static Outcome wrote(String command, long position, String before, String instance) {
    return new Overwrote(before, command, position, instance);
  }

  private void stored(String command, long position) {
    last = Optional.of(new StoredEntry(position, command, "i", position));
  }

  private List<Kind> found() {
    return SlotCheck.of("slot", sent, last).stream().map(Violation::kind).toList();
  }

  @Test
  void one_chain_that_ends_with_what_is_stored_has_nothing_wrong() {
    sent("first look", new Seen(0, ""));
    wrote("a", 1, "");
    sent("reply lost", 5, 50, new Unknown("gone"));
    sent("never there", 5, 50, new Unknown("gone"));
    sent("refused", new NothingHappened("503"));
    sent("look", new Seen(2, "reply lost"));
    sent("b", wrote("b", 3, "reply lost", "j"));
    stored("b", 3);
    assertThat(found()).isEmpty();
  }

  @Test
  void a_slot_that_nobody_could_write_is_empty() {
    sent("a", new NothingHappened("503"));
    sent("look", new Seen(0, ""));
    assertThat(found()).isEmpty();
  }

  @Test
  void the_store_may_end_with_a_write_of_unknown_outcome() {
    wrote("a", 1, "");
    sent("b", new Unknown("gone"));
    sent("c", new Unknown("gone"));
    stored("c", 3);
    assertThat(found()).isEmpty();
  }

  @Test
  void writes_that_waited_together_may_share_a_revision() {
    sent("a", 0, 10, wrote("a", 1, "", "i"));
    sent("b", 0, 10, wrote("b", 2, "a", "i"));
    last = Optional.of(new StoredEntry(1, "b", "i", 2));
    assertThat(found()).isEmpty();
  }

  @Test
  void an_acknowledged_write_with_nothing_in_the_store_is_lost() {
    wrote("a", 1, "");
    assertThat(found()).containsExactly(Kind.LOST);
  }

  @Test
  void acknowledged_writes_that_are_newer_than_what_is_stored_are_lost() {
    wrote("a", 1, "");
    wrote("b", 2, "a");
    wrote("c", 3, "b");
    stored("a", 1);
    assertThat(found()).containsExactly(Kind.LOST, Kind.LOST);
  }

  @Test
  void an_update_that_the_next_writer_did_not_see_is_lost() {
    wrote("a", 1, "");
    wrote("b", 2, "a");
    wrote("c", 2, "a");
    stored("c", 2);
    assertThat(found()).contains(Kind.LOST);
  }

  @Test
  void a_chain_with_a_fork_has_lost_a_branch() {
    sent("a", 0, 100, wrote("a", 1, "", "i"));
    sent("left", 0, 100, wrote("left", 2, "a", "i"));
    sent("right", 0, 100, wrote("right", 2, "a", "i"));
    sent("end", 0, 100, wrote("end", 3, "right", "i"));
    stored("end", 3);
    assertThat(found()).contains(Kind.LOST);
  }

  @Test
  void a_write_that_was_overwritten_unseen_by_one_of_unknown_outcome_is_lost() {
    wrote("a", 1, "");
    wrote("b", 2, "a");
    sent("u", new Unknown("gone"));
    wrote("c", 3, "u");
    stored("c", 3);
    assertThat(found()).containsExactly(Kind.LOST);
  }

  @Test
  void a_stored_value_of_another_write_than_the_acknowledged_one_has_lost_it() {
    sent("a", 0, 100, wrote("a", 1, "", "i"));
    sent("b", 0, 100, new Unknown("gone"));
    stored("b", 1);
    assertThat(found()).containsExactly(Kind.LOST);
  }

  @Test
  void a_read_of_what_was_overwritten_before_it_was_sent_is_stale() {
    wrote("a", 1, "");
    wrote("b", 2, "a");
    sent("look", new Seen(1, "a"));
    stored("b", 2);
    assertThat(found()).containsExactly(Kind.REORDERED);
  }

  @Test
  void a_read_of_nothing_after_an_acknowledged_write_is_stale() {
    wrote("a", 1, "");
    sent("look", new Seen(0, ""));
    stored("a", 1);
    assertThat(found()).containsExactly(Kind.REORDERED);
  }

  @Test
  void a_read_of_a_write_that_is_not_in_the_chain_contradicts_it() {
    sent("a", 0, 100, wrote("a", 1, "", "i"));
    sent("u", 0, 100, new Unknown("gone"));
    sent("look", 0, 100, new Seen(1, "u"));
    stored("a", 1);
    assertThat(found()).containsExactly(Kind.CONTRADICTED);
  }

  @Test
  void a_reply_about_the_value_of_another_command_contradicts_its_own() {
    sent("a", new Overwrote("", "x", 1, "i"));
    stored("a", 1);
    assertThat(found()).containsExactly(Kind.CONTRADICTED);
  }

  @Test
  void a_command_that_is_in_the_chain_twice_was_carried_out_twice() {
    sent("u", 0, 100, new Unknown("gone"));
    sent("b", 0, 100, wrote("b", 2, "u", "i"));
    sent("c", 0, 100, wrote("c", 4, "u", "i"));
    stored("c", 4);
    assertThat(found()).containsExactly(Kind.DUPLICATED);
  }

  @Test
  void a_command_that_was_not_carried_out_must_not_be_seen() {
    sent("a", new NothingHappened("503"));
    sent("look", new Seen(1, "a"));
    wrote("b", 2, "a");
    stored("b", 2);
    assertThat(found()).containsExactly(Kind.HAPPENED);
  }

  @Test
  void a_value_that_nobody_wrote_is_broken() {
    stored("x", 1);
    assertThat(found()).containsExactly(Kind.BROKEN);
  }

  @Test
  void writes_that_nobody_can_have_sent_are_broken() {
    wrote("a", 1, "");
    sent("u", new Unknown("gone"));
    wrote("b", 4, "u");
    stored("b", 4);
    assertThat(found()).containsExactly(Kind.BROKEN);
  }

  @Test
  void a_revision_above_the_number_of_writes_is_broken() {
    wrote("a", 1, "");
    last = Optional.of(new StoredEntry(2, "a", "i", 1));
    assertThat(found()).containsExactly(Kind.BROKEN);
  }

  @Test
  void an_instance_that_writes_again_after_another_was_live_beside_it() {
    sent("a", wrote("a", 1, "", "i"));
    sent("b", wrote("b", 2, "a", "j"));
    sent("c", wrote("c", 3, "b", "i"));
    stored("c", 3);
    assertThat(found()).containsExactly(Kind.TWO_INSTANCES);
  }

  @Test
  void a_write_sent_after_the_acknowledgement_of_another_stands_behind_it() {
    sent("first", 0, 10, wrote("first", 2, "second", "i"));
    sent("second", 11, 20, wrote("second", 1, "", "i"));
    stored("first", 2);
    assertThat(found()).containsExactly(Kind.REORDERED);
  }
}
