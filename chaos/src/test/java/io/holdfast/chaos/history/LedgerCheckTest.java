// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.chaos.history.Outcome.Acknowledged;
import io.holdfast.chaos.history.Outcome.NothingHappened;
import io.holdfast.chaos.history.Outcome.Seen;
import io.holdfast.chaos.history.Outcome.Unknown;
import io.holdfast.chaos.history.Violation.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Each broken promise, in a history made by hand. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LedgerCheckTest {

  private final List<Operation> sent = new ArrayList<>();
  private final List<StoredEntry> log = new ArrayList<>();

  private void sent(String command, long start, long end, Outcome outcome) {
    sent.add(new Operation("ledger", command, 1, start, end, outcome));
  }

  private void stored(String command, String instance) {
    stored(command, instance, log.size() + 1);
  }

  private void stored(String command, String instance, long position) {
    log.add(new StoredEntry(log.size() + 1, command, instance, position));
  }

  private static Outcome ok(long position, String instance) {
    return new Acknowledged(position, instance);
  }

  private List<Kind> found() {
    return LedgerCheck.of("ledger", sent, log).stream().map(Violation::kind).toList();
  }

  @Test
  void a_history_in_which_all_was_kept_has_nothing_wrong() {
    sent("a", 0, 10, ok(1, "i"));
    sent("b", 5, 15, ok(2, "i"));
    sent("lost reply", 16, 40, new Unknown("gone"));
    sent("never there", 16, 40, new Unknown("gone"));
    sent("refused", 20, 21, new NothingHappened("as asked"));
    sent("r", 50, 51, new Seen(3, "lost reply"));
    sent("early read", 1, 12, new Seen(1, "a"));
    sent("first read", 0, 1, new Seen(0, ""));
    stored("a", "i");
    stored("b", "i");
    stored("lost reply", "j");

    assertThat(found()).isEmpty();
  }

  @Test
  void an_acknowledged_command_that_is_not_stored_is_lost() {
    sent("a", 0, 10, ok(1, "i"));
    assertThat(found()).containsExactly(Kind.LOST);
  }

  @Test
  void a_command_that_is_stored_twice_is_duplicated() {
    sent("a", 0, 10, ok(1, "i"));
    stored("a", "i");
    stored("a", "i");
    assertThat(found()).containsExactly(Kind.DUPLICATED);
  }

  @Test
  void a_command_of_unknown_outcome_may_not_be_stored_twice_either() {
    sent("a", 0, 10, new Unknown("gone"));
    stored("a", "i");
    stored("a", "j");
    assertThat(found()).containsExactly(Kind.DUPLICATED);
  }

  @Test
  void a_command_sent_after_the_acknowledgement_of_another_stands_behind_it() {
    sent("first", 0, 10, ok(2, "i"));
    sent("second", 11, 20, ok(1, "i"));
    stored("second", "i");
    stored("first", "i");
    assertThat(found()).containsExactly(Kind.REORDERED);
  }

  @Test
  void commands_at_the_same_time_may_be_stored_in_any_order() {
    sent("first", 0, 12, ok(2, "i"));
    sent("second", 11, 20, ok(1, "i"));
    stored("second", "i");
    stored("first", "i");
    assertThat(found()).isEmpty();
  }

  @Test
  void a_read_that_misses_what_was_acknowledged_before_is_out_of_order() {
    sent("a", 0, 10, ok(1, "i"));
    sent("b", 11, 20, ok(2, "i"));
    sent("r", 30, 31, new Seen(1, "a"));
    stored("a", "i");
    stored("b", "i");
    assertThat(found()).containsExactly(Kind.REORDERED);
  }

  @Test
  void a_read_that_sees_less_than_an_earlier_read_is_out_of_order() {
    sent("a", 0, 100, new Unknown("gone"));
    sent("r1", 10, 11, new Seen(1, "a"));
    sent("r2", 20, 21, new Seen(0, ""));
    stored("a", "i");
    assertThat(found()).containsExactly(Kind.REORDERED);
  }

  @Test
  void a_reply_with_another_position_than_the_store_has_contradicts_it() {
    sent("a", 0, 10, ok(2, "i"));
    stored("a", "i");
    assertThat(found()).containsExactly(Kind.CONTRADICTED);
  }

  @Test
  void a_reply_of_another_instance_than_the_one_that_is_stored_contradicts_it() {
    sent("a", 0, 10, ok(1, "j"));
    stored("a", "i");
    assertThat(found()).containsExactly(Kind.CONTRADICTED);
  }

  @Test
  void a_read_of_what_was_never_stored_contradicts_the_store() {
    sent("a", 0, 10, ok(1, "i"));
    sent("r1", 0, 31, new Seen(2, "b"));
    sent("r2", 0, 31, new Seen(1, "b"));
    stored("a", "i");
    assertThat(found()).containsExactly(Kind.CONTRADICTED, Kind.CONTRADICTED);
  }

  @Test
  void an_instance_that_writes_again_after_another_was_live_beside_it() {
    sent("a", 0, 10, ok(1, "i"));
    sent("b", 0, 10, ok(2, "j"));
    sent("c", 0, 10, ok(3, "i"));
    stored("a", "i");
    stored("b", "j");
    stored("c", "i");
    assertThat(found()).containsExactly(Kind.TWO_INSTANCES);
  }

  @Test
  void a_command_that_the_server_said_was_not_carried_out_must_not_be_stored() {
    sent("a", 0, 10, new NothingHappened("503"));
    stored("a", "i");
    assertThat(found()).containsExactly(Kind.HAPPENED);
  }

  @Test
  void an_event_that_an_instance_wrote_for_another_place_is_broken() {
    sent("a", 0, 10, ok(1, "i"));
    stored("a", "i", 5);
    assertThat(found()).containsExactly(Kind.BROKEN);
  }

  @Test
  void an_event_that_nobody_asked_for_is_broken() {
    stored("x", "i");
    assertThat(found()).containsExactly(Kind.BROKEN);
  }
}
