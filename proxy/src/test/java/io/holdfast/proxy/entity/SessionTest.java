// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity;

import static io.holdfast.proxy.command.Failure.Code.OVERLOADED;
import static io.holdfast.proxy.command.Failure.Code.UNAVAILABLE;
import static io.holdfast.proxy.entity.SessionScript.failureAction;
import static io.holdfast.proxy.entity.SessionScript.replyAction;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.grpc.Deadline;
import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.Failure;
import io.holdfast.protocol.Forward;
import io.holdfast.protocol.Metadata;
import io.holdfast.protocol.MetadataEntry;
import io.holdfast.protocol.SideEffect;
import io.holdfast.proxy.command.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SessionTest {

  private static final TreeSet<String> transitions = new TreeSet<>();

  private final SessionScript script = new SessionScript(2, 2, transitions);

  @AfterAll
  static void every_transition_of_the_diagram_was_visited() {
    assertThat(transitions)
        .contains(
            "Dormant -> Recovering",
            "Recovering -> Busy",
            "Recovering -> Idle",
            "Recovering -> Dormant",
            "Idle -> Busy",
            "Idle -> Dormant",
            "Idle -> Settling",
            "Busy -> Idle",
            "Busy -> Busy",
            "Busy -> Dormant",
            "Busy -> Recovering",
            "Busy -> Settling",
            "Settling -> Dormant",
            "Settling -> Recovering");
  }

  @Nested
  class Order {

    @Test
    void recovers_before_the_first_command() {
      var client = script.command("a");
      assertThat(script.log).containsExactly("open", "check in 5 s");
      script.recovered();
      assertThat(script.log).containsExactly("open", "check in 5 s", "command 1 a");
      assertThat(client.heard()).isEqualTo("nothing");
    }

    @Test
    void sends_the_second_command_only_after_the_first_is_answered() {
      script.command("a");
      script.command("b");
      script.recovered();
      assertThat(script.log).doesNotContain("command 2 b");
      script.answers(1, "1");
      assertThat(script.log).endsWith("command 1 a", "command 2 b");
    }

    @Test
    void sends_the_next_command_while_the_store_still_writes() {
      script.command("a");
      script.command("b");
      script.recovered();
      script.answers(1, "1", "added");
      assertThat(script.log).endsWith("command 1 a", "store added", "command 2 b");
    }

    @Test
    void answers_a_client_only_after_its_events_are_stored() {
      var client = script.command("a");
      script.recovered();
      script.answers(1, "1", "added");
      assertThat(client.heard()).isEqualTo("nothing");
      script.stored();
      assertThat(client.heard()).isEqualTo("reply 1");
    }

    @Test
    void answers_a_read_only_after_the_events_before_it_are_stored() {
      var writer = script.command("a");
      var reader = script.command("read");
      script.recovered();
      script.answers(1, "1", "added");
      script.answers(2, "sees 1");
      assertThat(reader.heard()).isEqualTo("nothing");
      script.stored();
      assertThat(writer.heard()).isEqualTo("reply 1");
      assertThat(reader.heard()).isEqualTo("nothing");
      script.stored();
      assertThat(reader.heard()).isEqualTo("reply sees 1");
    }

    @Test
    void answers_a_refusal_only_after_the_events_before_it_are_stored() {
      script.command("a");
      var refused = script.command("b");
      script.recovered();
      script.answers(1, "1", "added");
      script.answers(2, failureAction("no more", false));
      assertThat(refused.heard()).isEqualTo("nothing");
      script.stored();
      script.stored();
      assertThat(refused.heard()).isEqualTo("REFUSED UNKNOWN no more");
    }

    @Test
    void answers_a_read_without_the_store_when_nothing_is_being_written() {
      var reader = script.command("read");
      script.recovered();
      script.answers(1, "0");
      assertThat(reader.heard()).isEqualTo("reply 0");
      assertThat(script.log).doesNotContain("store");
    }

    @Test
    void holds_commands_back_when_too_many_replies_wait_for_the_store() {
      script.command("a");
      script.recovered();
      script.answers(1, "1", "one");
      script.command("b");
      script.answers(2, "2", "two");
      script.command("c");
      assertThat(script.log).doesNotContain("command 3 c");
      script.stored();
      assertThat(script.log).endsWith("command 3 c");
    }
  }

  @Nested
  class Snapshots {

    private final Answer refusal = new Answer.SnapshotRefused("of an older shape");

    @Test
    void one_that_the_function_cannot_read_is_passed_over_while_it_recovers() {
      var client = script.command("a");
      script.snapshotSent = true;
      script.says(refusal);
      script.recovered();
      assertThat(script.log).endsWith("open", "command 1 a");
      script.answers(1, "1");
      assertThat(client.heard()).isEqualTo("reply 1");
      assertThat(script.reports).isEmpty();
    }

    @Test
    void a_command_that_met_the_refusal_on_its_way_is_sent_again_before_those_behind_it() {
      var first = script.command("a");
      script.command("b");
      script.snapshotSent = true;
      script.recovered();
      script.says(refusal);
      script.recovered();
      assertThat(script.log).endsWith("open", "command 1 a");
      script.answers(1, "1");
      assertThat(first.heard()).isEqualTo("reply 1");
      assertThat(script.log).endsWith("command 2 b");
    }

    @Test
    void a_refusal_that_finds_the_entity_idle_has_it_recovered_at_once() {
      script.command("a");
      script.recovered();
      script.answers(1, failureAction("sick", true));
      script.snapshotSent = true;
      script.recovered();
      script.says(refusal);
      assertThat(script.log).endsWith("open");
      assertThat(script.stateName()).isEqualTo("Recovering");
    }

    @Test
    void a_refusal_of_what_was_not_sent_breaks_the_protocol_and_never_goes_round() {
      var client = script.command("a");
      script.snapshotSent = true;
      script.says(refusal);
      script.says(refusal);
      assertThat(client.heard()).startsWith("FUNCTION_BROKEN");
      assertThat(script.reports)
          .singleElement()
          .asString()
          .contains("refused a snapshot that it was not sent");
    }

    @Test
    void a_refusal_after_the_first_command_breaks_the_protocol() {
      script.command("a");
      script.snapshotSent = true;
      script.recovered();
      script.answers(1, "1");
      var client = script.command("b");
      script.says(refusal);
      assertThat(client.heard()).startsWith("FUNCTION_BROKEN");
    }
  }

  @Nested
  class Bounds {

    @Test
    void refuses_a_command_that_finds_the_queue_full() {
      script.command("running");
      script.recovered();
      script.command("waiting");
      script.command("waiting too");
      assertThat(script.command("one too many").heard())
          .isEqualTo(
              "OVERLOADED RESOURCE_EXHAUSTED counter/red Add: too many commands are waiting for this"
                  + " entity");
    }

    @Test
    void drops_a_waiting_command_whose_client_has_gone() {
      script.command("a");
      var gone = script.command("b");
      gone.gone = true;
      script.recovered();
      script.answers(1, "1");
      assertThat(script.log).doesNotContain("command 2 b");
      assertThat(script.stateName()).isEqualTo("Idle");
    }

    @Test
    void fails_a_waiting_command_whose_deadline_has_passed() {
      var late =
          script.command(SessionScript.ADD, "late", Deadline.after(-1, TimeUnit.MILLISECONDS));
      script.recovered();
      assertThat(late.heard())
          .isEqualTo(
              "EXPIRED DEADLINE_EXCEEDED counter/red Add: the deadline passed before the function was"
                  + " asked");
      assertThat(script.log).containsExactly("open", "check in 0 s");
    }

    @Test
    void gives_up_on_a_function_that_never_answers() {
      var client = script.command("a");
      script.recovered();
      script.timePasses(Duration.ofSeconds(5));
      assertThat(client.heard())
          .isEqualTo(
              "TIMED_OUT DEADLINE_EXCEEDED counter/red Add: the function did not answer within 5000 ms;"
                  + " the outcome is unknown");
      assertThat(script.log).endsWith("cancel");
      assertThat(script.reports)
          .containsExactly("counter/red Add: the function did not answer within 5000 ms");
    }

    @Test
    void looks_again_later_when_the_command_is_younger_than_the_check() {
      script.command("a");
      script.recovered();
      script.answers(1, "1");
      var client = script.command("b");
      script.timePasses(Duration.ofSeconds(3));
      assertThat(script.log).endsWith("check in 2 s");
      assertThat(client.heard()).isEqualTo("nothing");
    }

    @Test
    void ignores_the_late_answer_of_a_stream_that_it_gave_up() {
      script.command("a");
      script.recovered();
      long old = script.currentStream();
      script.timePasses(Duration.ofSeconds(5));
      script.saysOn(
          old,
          new Answer.Replied(
              1,
              replyAction("test.Total", "late"),
              List.of(),
              new SessionScript.Change(List.of("late"))));
      assertThat(script.log).endsWith("cancel");
      assertThat(script.stateName()).isEqualTo("Dormant");
    }
  }

  @Nested
  class A_function_that_fails_a_command {

    @Test
    void has_its_description_passed_on_and_goes_on() {
      var client = script.command("a");
      script.recovered();
      script.answers(1, failureAction("too small", false));
      assertThat(client.heard()).isEqualTo("REFUSED UNKNOWN too small");
      assertThat(script.stateName()).isEqualTo("Idle");
    }

    @Test
    void chooses_the_status() {
      var client = script.command("a");
      script.recovered();
      script.answers(
          1,
          ClientAction.newBuilder()
              .setFailure(Failure.newBuilder().setDescription("gone").setGrpcStatusCode(5))
              .build());
      assertThat(client.heard()).isEqualTo("REFUSED NOT_FOUND gone");
    }

    @Test
    void recovers_before_the_next_command_when_it_asks_for_a_restart() {
      script.command("a");
      script.recovered();
      script.command("b");
      script.answers(1, failureAction("confused", true));
      assertThat(script.log).endsWith("command 1 a", "half-close", "open");
      script.recovered();
      assertThat(script.log).endsWith("command 1 b");
    }

    @Test
    void recovers_at_once_when_it_asks_for_a_restart_and_no_command_waits() {
      script.command("a");
      script.recovered();
      script.answers(1, failureAction("confused", true));
      assertThat(script.log).endsWith("command 1 a", "half-close", "open");
      script.recovered();
      assertThat(script.stateName()).isEqualTo("Idle");
      script.command("b");
      assertThat(script.log).endsWith("open", "command 1 b");
    }

    @Test
    void recovers_after_a_restart_only_once_everything_is_stored() {
      script.command("a");
      script.command("b");
      script.recovered();
      script.answers(1, "1", "added");
      var failed = script.command("c");
      script.answers(2, failureAction("confused", true));
      assertThat(script.log).endsWith("store ", "half-close");
      script.stored();
      assertThat(script.log).endsWith("half-close");
      script.stored();
      assertThat(script.log).endsWith("half-close", "open");
      assertThat(failed.heardNothing()).isTrue();
    }

    @Test
    void recovers_after_a_restart_only_once_everything_is_stored_though_no_command_waits() {
      script.command("a");
      script.command("b");
      script.recovered();
      script.answers(1, "1", "added");
      script.answers(2, failureAction("confused", true));
      script.stored();
      script.stored();
      assertThat(script.log).endsWith("half-close", "open");
    }

    @Test
    void is_not_recovered_for_a_restart_when_its_entity_leaves_memory() {
      script.command("a");
      script.recovered();
      script.passivate();
      script.answers(1, failureAction("confused", true));
      assertThat(script.log).endsWith("leaving", "half-close", "leave");
    }

    @Test
    void is_recovered_by_the_next_command_when_the_recovery_of_a_restart_fails() {
      script.command("a");
      script.recovered();
      script.answers(1, failureAction("confused", true));
      script.recoveryFails();
      assertThat(script.stateName()).isEqualTo("Dormant");
      script.command("b");
      assertThat(script.log).endsWith("cancel", "open");
    }

    @Test
    void has_nothing_stored_and_is_restarted_when_it_sends_events_too() {
      var client = script.command("a");
      script.recovered();
      script.answers(1, failureAction("no", false), "added");
      assertThat(client.heard()).isEqualTo("REFUSED UNKNOWN no");
      assertThat(script.log).doesNotContain("store added").endsWith("half-close", "open");
      assertThat(script.reports)
          .containsExactly(
              "counter/red Add: the function failed the command and yet asked for a change to be"
                  + " stored");
    }

    @Test
    void ends_the_stream_by_a_failure_of_its_own() {
      var client = script.command("a");
      script.recovered();
      script.command("b");
      script.givesUp(1, "broken handler");
      assertThat(client.heard()).isEqualTo("REFUSED UNKNOWN broken handler");
      assertThat(script.log).endsWith("half-close", "open");
    }

    @Test
    void fails_what_is_in_flight_by_a_failure_tied_to_no_command() {
      var client = script.command("a");
      script.recovered();
      script.givesUp(0, "out of memory");
      assertThat(client.heard()).isEqualTo("REFUSED UNKNOWN out of memory");
      assertThat(script.stateName()).isEqualTo("Dormant");
    }

    @Test
    void may_give_up_while_idle() {
      script.command("a");
      script.recovered();
      script.answers(1, "1");
      script.givesUp(0, "shutting down");
      assertThat(script.log).endsWith("half-close");
      assertThat(script.reports)
          .containsExactly("counter/red: the function gave up: shutting down");
    }
  }

  @Nested
  class A_function_that_breaks_the_protocol {

    @Test
    void by_a_wrong_command_id_fails_the_command_in_flight_and_no_other() {
      var client = script.command("a");
      var waiting = script.command("b");
      script.recovered();
      script.answers(7, "who asked?", "added");
      assertThat(client.heard())
          .isEqualTo(
              "FUNCTION_BROKEN INTERNAL counter/red Add: the function answered command 7 while it was"
                  + " asked 1");
      assertThat(script.log).doesNotContain("store added").endsWith("cancel", "open");
      script.recovered();
      script.answers(1, "2");
      assertThat(waiting.heard()).isEqualTo("reply 2");
    }

    @Test
    void by_answering_twice_loses_its_stream() {
      script.command("a");
      script.recovered();
      script.answers(1, "1", "added");
      script.answers(1, "1", "added again");
      assertThat(script.log).doesNotContain("store added again").endsWith("store added", "cancel");
      assertThat(script.stateName()).isEqualTo("Settling");
      assertThat(script.reports)
          .containsExactly(
              "counter/red: the function answered command 1 while none was outstanding");
    }

    @Test
    void by_giving_up_on_another_command_fails_the_command_in_flight() {
      var client = script.command("a");
      script.recovered();
      script.givesUp(9, "?");
      assertThat(client.heard()).startsWith("FUNCTION_BROKEN INTERNAL");
    }

    @Test
    void by_garbage_fails_the_command_in_flight() {
      var client = script.command("a");
      script.recovered();
      script.says(new Answer.Broken("sent a message with nothing in it"));
      assertThat(client.heard())
          .isEqualTo(
              "FUNCTION_BROKEN INTERNAL counter/red Add: the function sent a message with nothing in"
                  + " it");
    }

    @Test
    void by_garbage_while_idle_loses_its_stream() {
      script.command("a");
      script.recovered();
      script.answers(1, "1");
      script.says(new Answer.Broken("sent a message with nothing in it"));
      assertThat(script.stateName()).isEqualTo("Dormant");
    }

    @Test
    void by_speaking_while_it_recovers_fails_all_that_wait() {
      var first = script.command("a");
      var second = script.command("b");
      script.answers(1, "early");
      assertThat(first.heard())
          .isEqualTo(
              "FUNCTION_BROKEN INTERNAL counter/red Add: the function answered command 1 before it was"
                  + " asked anything");
      assertThat(second.heard()).startsWith("FUNCTION_BROKEN INTERNAL");
      assertThat(script.log).containsExactly("open", "check in 5 s", "cancel");
    }

    @Test
    void by_giving_up_while_it_recovers_fails_all_that_wait() {
      var client = script.command("a");
      script.givesUp(0, "unknown event");
      assertThat(client.heard())
          .isEqualTo(
              "FUNCTION_BROKEN INTERNAL counter/red Add: the function gave up while it recovered:"
                  + " unknown event");
    }

    @Test
    void by_garbage_while_it_recovers_fails_all_that_wait() {
      var client = script.command("a");
      script.says(new Answer.Broken("sent a message with nothing in it"));
      assertThat(client.heard()).startsWith("FUNCTION_BROKEN INTERNAL");
    }

    @Test
    void by_a_reply_of_another_type_has_nothing_stored() {
      var client = script.command("a");
      script.recovered();
      script.answers(1, replyAction("test.Other", "?"), "added");
      assertThat(client.heard())
          .isEqualTo(
              "FUNCTION_BROKEN INTERNAL counter/red Add: the function replied with type"
                  + " \"type.googleapis.com/test.Other\" instead of test.Total");
      assertThat(script.log).doesNotContain("store added").endsWith("cancel");
      assertThat(script.reports).hasSize(1);
    }
  }

  @Nested
  class A_forward {

    @Test
    void is_sent_once_the_change_is_stored_and_its_outcome_is_the_clients() {
      var client = script.command("a");
      script.recovered();
      script.answers(1, forward("Add", "blue"), "added");
      assertThat(script.log).endsWith("store added");
      script.stored();
      assertThat(script.log).endsWith("route Add blue");
      assertThat(client.heard()).isEqualTo("nothing");
      script.routedEnds(replied("done"));
      assertThat(client.heard()).isEqualTo("reply done");
    }

    @Test
    void does_not_hold_up_the_entity() {
      script.command("a");
      script.command("b");
      script.recovered();
      script.answers(1, forward("Add", "blue"));
      assertThat(script.log).endsWith("route Add blue", "command 2 b");
    }

    @Test
    void takes_its_metadata_the_clients_deadline_and_one_hop_more_along() {
      script.commandAfter(1, "a");
      script.recovered();
      var metadata =
          Metadata.newBuilder().addEntries(MetadataEntry.newBuilder().setKey("k")).build();
      var forward = forward("Add", "blue").getForward().toBuilder().setMetadata(metadata);
      script.answers(1, ClientAction.newBuilder().setForward(forward).build());
      var sent = script.routed.get(0);
      assertThat(sent.metadata()).isEqualTo(metadata);
      assertThat(sent.hops()).isEqualTo(2);
      assertThat(sent.deadline().timeRemaining(TimeUnit.MINUTES)).isEqualTo(59);
    }

    @Test
    void that_fails_fails_the_clients_command() {
      var client = script.command("a");
      script.recovered();
      script.answers(1, forward("Add", "blue"));
      script.routedEnds(Outcome.failed(OVERLOADED, "too much"));
      assertThat(client.heard()).isEqualTo("OVERLOADED RESOURCE_EXHAUSTED too much");
    }

    @Test
    void to_an_unknown_method_is_reported_and_nothing_is_stored() {
      refused(forwardTo("x.Y", "Z", "test.Add", "blue"), "forwarded to x.Y/Z, which the function");
    }

    @Test
    void to_a_streamed_method_is_refused() {
      refused(forward("Watch", "blue"), "which is streamed");
    }

    @Test
    void with_another_type_than_the_method_takes_is_refused() {
      refused(
          forwardTo("test.Counters", "Add", "test.Other", "blue"),
          "with type \"type.googleapis.com/test.Other\" instead of test.Add");
    }

    @Test
    void to_a_method_that_replies_something_else_is_refused() {
      refused(forward("Count", "blue"), "which replies test.Count instead of test.Total");
    }

    @Test
    void with_a_malformed_message_or_an_empty_key_is_refused() {
      refused(forward("Add", "garbage"), "with a malformed test.Add");
      refused(forward("Add", ""), "with an empty entity key");
    }

    @Test
    void at_the_end_of_a_long_chain_is_refused() {
      var client = script.commandAfter(SessionScript.HOPS_MAX, "a");
      script.recovered();
      script.answers(1, forward("Add", "blue"), "added");
      assertThat(client.heard()).contains("at the end of a chain of 3 commands");
      assertThat(script.routed).isEmpty();
    }

    private void refused(ClientAction action, String why) {
      var one = new SessionScript(2, 2, transitions);
      var client = one.command("a");
      one.recovered();
      one.answers(1, action, "added");
      assertThat(client.heard()).startsWith("FUNCTION_BROKEN INTERNAL").contains(why);
      assertThat(one.reports).singleElement().asString().contains(why);
      assertThat(one.log).doesNotContain("store added").endsWith("cancel");
      assertThat(one.routed).isEmpty();
    }
  }

  @Nested
  class A_command_that_came_without_its_payload {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void keeps_its_place_among_the_others() {
      script.commandWithoutPayload("Large", HOUR);
      script.command("b");
      script.recovered();
      assertThat(script.stateName()).isEqualTo("Idle");
      assertThat(script.log).contains("fetch Large").doesNotContain("command 1 b");
      script.payloadComes("Large", "large");
      assertThat(script.log).endsWith("command 1 large");
      script.answers(1, "1");
      assertThat(script.log).endsWith("command 2 b");
    }

    @Test
    void is_fetched_while_those_before_it_are_carried_out() {
      script.command("a");
      script.commandWithoutPayload("Large", HOUR);
      script.recovered();
      script.payloadComes("Large", "large");
      script.answers(1, "1");
      assertThat(script.log).endsWith("command 2 large");
    }

    @Test
    void waits_alone_and_is_carried_out_when_the_payload_comes() {
      var client = script.commandWithoutPayload("Large", HOUR);
      script.recovered();
      assertThat(script.session.heldUp())
          .hasValueSatisfying(
              held ->
                  assertThat(held.by())
                      .isEqualTo("the payload of Large is on its way from node 10.0.0.1:2551"));
      script.payloadComes("Large", "large");
      script.answers(1, "1");
      assertThat(client.heard()).isEqualTo("reply 1");
    }

    @Test
    void whose_payload_does_not_come_has_not_happened_and_holds_up_nobody() {
      var client = script.commandWithoutPayload("Large", HOUR);
      script.command("b");
      script.recovered();
      script.payloadIsLost("Large");
      assertThat(client.heard())
          .isEqualTo(
              "UNAVAILABLE UNAVAILABLE counter/red Large: its payload did not come here: node"
                  + " 10.0.0.1:2551 was lost; nothing happened");
      assertThat(script.log).endsWith("command 1 b");
    }

    @Test
    void is_told_when_its_time_is_up_and_what_comes_then_is_dropped() {
      var client = script.commandWithoutPayload("Large", Duration.ofSeconds(2));
      script.recovered();
      var behind = script.commandWithin(Duration.ofSeconds(1), "b");
      script.timePasses(Duration.ofSeconds(1));
      assertThat(behind.heard())
          .startsWith("EXPIRED")
          .contains("the payload of Large is on its way from node 10.0.0.1:2551");
      script.timePasses(Duration.ofSeconds(1));
      assertThat(client.heard()).startsWith("EXPIRED").endsWith("nothing happened");
      script.payloadComes("Large", "large");
      assertThat(script.log).noneMatch(line -> line.startsWith("command"));
    }

    @Test
    void keeps_its_entity_in_memory() {
      script.commandWithoutPayload("Large", HOUR);
      script.recovered();
      script.passivate();
      assertThat(script.log).doesNotContain("leave");
      script.payloadComes("Large", "large");
      script.answers(1, "1");
      assertThat(script.log).endsWith("leave");
    }

    @Test
    void is_given_back_when_the_entity_ends() {
      var client = script.commandWithoutPayload("Large", HOUR);
      script.recovered();
      script.stops();
      assertThat(script.log).contains("give back ");
      assertThat(client.heard()).isEqualTo("nothing");
    }

    @Test
    void waits_while_the_entity_settles_and_recovers() {
      script.command("a");
      script.recovered();
      script.answers(1, "1", "added");
      script.dies();
      script.commandWithoutPayload("Large", HOUR);
      script.payloadComes("Large", "large");
      script.stored();
      script.recovered();
      assertThat(script.log).endsWith("command 1 large");
    }
  }

  @Nested
  class A_side_effect {

    @Test
    void that_is_synchronous_ends_before_the_reply_leaves() {
      var client = script.command("a");
      script.recovered();
      reply("done", "added", effect("first", true), effect("second", true));
      assertThat(script.log).endsWith("store added");
      script.stored();
      assertThat(script.log).endsWith("route Add first");
      script.routedEnds(replied("1"));
      assertThat(script.log).endsWith("route Add second");
      assertThat(client.heard()).isEqualTo("nothing");
      script.routedEnds(replied("2"));
      assertThat(client.heard()).isEqualTo("reply done");
    }

    @Test
    void that_is_asynchronous_is_waited_for_by_nobody() {
      var client = script.command("a");
      script.recovered();
      reply("done", "added", effect("later", false));
      script.stored();
      assertThat(script.log).endsWith("route Add later");
      assertThat(client.heard()).isEqualTo("reply done");
    }

    @Test
    void that_fails_is_reported_and_the_reply_leaves() {
      var client = script.command("a");
      script.recovered();
      reply("done", "added", effect("first", true));
      script.stored();
      script.routedEnds(Outcome.failed(UNAVAILABLE, "not now"));
      assertThat(client.heard()).isEqualTo("reply done");
      assertThat(script.reports)
          .containsExactly("the side effect test.Counters/Add on counter/first failed: not now");
    }

    @Test
    void goes_before_a_forward() {
      var client = script.command("a");
      script.recovered();
      script.says(
          new Answer.Replied(
              1,
              forward("Add", "blue"),
              List.of(effect("first", true)),
              new SessionScript.Change(List.of())));
      assertThat(script.log).endsWith("route Add first");
      script.routedEnds(replied("1"));
      assertThat(script.log).endsWith("route Add blue");
      script.routedEnds(replied("2"));
      assertThat(client.heard()).isEqualTo("reply 2");
    }

    @Test
    void of_a_command_that_fails_does_not_happen() {
      var client = script.command("a");
      script.recovered();
      script.says(
          new Answer.Replied(
              1,
              failureAction("no", false),
              List.of(effect("first", true)),
              new SessionScript.Change(List.of())));
      assertThat(client.heard()).startsWith("REFUSED");
      assertThat(script.routed).isEmpty();
    }

    @Test
    void on_an_unknown_method_fails_the_command_and_nothing_is_stored() {
      var client = script.command("a");
      script.recovered();
      reply("done", "added", SideEffect.newBuilder().setServiceName("x.Y").build());
      assertThat(client.heard())
          .startsWith("FUNCTION_BROKEN")
          .contains("asked for a side effect on x.Y/");
      assertThat(script.log).doesNotContain("store added");
    }

    @Test
    void has_a_deadline_of_its_own() {
      script.command("a");
      script.recovered();
      reply("done", "added", effect("later", false));
      script.stored();
      assertThat(script.routed.get(0).deadline().timeRemaining(TimeUnit.SECONDS)).isBetween(1L, 7L);
    }

    private void reply(String text, String change, SideEffect... effects) {
      script.says(
          new Answer.Replied(
              1,
              replyAction("test.Total", text),
              List.of(effects),
              new SessionScript.Change(List.of(change))));
    }

    private static SideEffect effect(String key, boolean synchronous) {
      return SideEffect.newBuilder()
          .setServiceName("test.Counters")
          .setCommandName("Add")
          .setPayload(payload("test.Add", key))
          .setSynchronous(synchronous)
          .build();
    }
  }

  private static ClientAction forward(String command, String key) {
    return forwardTo("test.Counters", command, "test.Add", key);
  }

  private static ClientAction forwardTo(String service, String command, String type, String key) {
    return ClientAction.newBuilder()
        .setForward(
            Forward.newBuilder()
                .setServiceName(service)
                .setCommandName(command)
                .setPayload(payload(type, key)))
        .build();
  }

  private static Any payload(String type, String text) {
    return Any.newBuilder()
        .setTypeUrl("type.googleapis.com/" + type)
        .setValue(ByteString.copyFromUtf8(text))
        .build();
  }

  private static Outcome replied(String text) {
    return new Outcome.Replied(ByteString.copyFromUtf8(text), Metadata.getDefaultInstance());
  }

  @Nested
  class A_client_whose_time_is_up {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void hears_what_the_function_is_at_and_how_many_were_before_it() {
      script.command("a");
      script.recovered();
      script.command("b");
      var late = script.commandWithin(SECOND, "c");
      script.timePasses(SECOND);
      assertThat(late.heard())
          .isEqualTo(
              "EXPIRED DEADLINE_EXCEEDED counter/red Add: the function has been at Add for 1000 ms,"
                  + " and 1 commands were before it; nothing happened");
      script.answers(1, "1");
      script.answers(2, "2");
      assertThat(script.log).contains("command 2 b").doesNotContain("command 3 c");
    }

    @Test
    void hears_that_the_entity_was_being_brought_in() {
      var late = script.commandWithin(SECOND, "a");
      script.timePasses(SECOND);
      assertThat(late.heard())
          .isEqualTo(
              "EXPIRED DEADLINE_EXCEEDED counter/red Add: the entity is being brought in from the"
                  + " store, for 1000 ms, and 0 commands were before it; nothing happened");
      script.recovered();
      assertThat(script.stateName()).isEqualTo("Idle");
    }

    @Test
    void hears_that_the_function_had_been_asked_and_the_function_may_go_on() {
      var late = script.commandWithin(SECOND, "a");
      script.recovered();
      script.timePasses(SECOND);
      assertThat(late.heard())
          .isEqualTo(
              "TIMED_OUT DEADLINE_EXCEEDED counter/red Add: the function has been at Add for 1000 ms;"
                  + " the outcome is unknown");
      script.answers(1, "1", "added");
      script.stored();
      assertThat(script.log).contains("store added").doesNotContain("cancel");
    }

    @Test
    void hears_that_the_store_has_not_confirmed_its_own_change() {
      var late = script.commandWithin(SECOND, "a");
      script.recovered();
      script.answers(1, "1", "added");
      script.timePasses(SECOND);
      assertThat(late.heard())
          .isEqualTo(
              "TIMED_OUT DEADLINE_EXCEEDED counter/red Add: the store has not confirmed 1 changes of"
                  + " the entity yet; the outcome is unknown");
      script.stored();
    }

    @Test
    void hears_that_the_store_holds_up_the_entity() {
      script.command("a");
      script.command("b");
      script.recovered();
      script.answers(1, "1", "added");
      script.answers(2, "2", "added");
      var late = script.commandWithin(SECOND, "c");
      script.dies();
      script.timePasses(SECOND);
      assertThat(script.stateName()).isEqualTo("Settling");
      assertThat(late.heard())
          .isEqualTo(
              "EXPIRED DEADLINE_EXCEEDED counter/red Add: the store has not confirmed 2 changes of the"
                  + " entity yet, and 0 commands were before it; nothing happened");
    }

    @Test
    void is_looked_for_again_while_others_wait() {
      script.command("a");
      script.recovered();
      script.commandWithin(Duration.ofSeconds(3), "b");
      script.timePasses(SECOND);
      assertThat(script.log).endsWith("check in 3 s", "check in 2 s");
    }
  }

  @Nested
  class Silence {

    @Test
    void is_an_empty_message_where_that_is_the_output() {
      var client = script.command(SessionScript.RESET, "a", Deadline.after(1, TimeUnit.HOURS));
      script.recovered();
      script.answers(1, ClientAction.getDefaultInstance(), "reset");
      script.stored();
      assertThat(client.heard()).isEqualTo("reply ");
    }

    @Test
    void is_an_error_elsewhere_and_yet_what_was_asked_for_is_stored() {
      var client = script.command("a");
      script.recovered();
      script.answers(1, ClientAction.getDefaultInstance(), "added");
      script.stored();
      assertThat(client.heard()).isEqualTo("NO_REPLY UNKNOWN no reply");
    }
  }

  @Nested
  class A_lost_stream {

    @Test
    void leaves_the_running_client_without_knowing_and_the_waiting_one_waiting() {
      var running = script.command("a");
      var waiting = script.command("b");
      script.recovered();
      script.dies();
      assertThat(running.heard())
          .isEqualTo(
              "INDETERMINATE UNAVAILABLE counter/red Add: the function was lost (UNAVAILABLE); the"
                  + " outcome is unknown");
      assertThat(waiting.heard()).isEqualTo("nothing");
      assertThat(script.log).endsWith("open");
    }

    @Test
    void while_recovering_tells_all_that_nothing_happened() {
      var client = script.command("a");
      script.dies();
      assertThat(client.heard())
          .isEqualTo(
              "UNAVAILABLE UNAVAILABLE counter/red Add: the function is not reachable (UNAVAILABLE);"
                  + " nothing happened");
      script.command("b");
      assertThat(script.log).endsWith("open");
    }

    @Test
    void while_idle_is_opened_anew_by_the_next_command() {
      script.command("a");
      script.recovered();
      script.answers(1, "1");
      script.dies();
      script.command("b");
      assertThat(script.log).endsWith("command 1 a", "cancel", "open");
    }

    @Test
    void is_not_opened_anew_before_everything_is_stored() {
      var writer = script.command("a");
      script.recovered();
      script.answers(1, "1", "added");
      script.dies();
      script.command("b");
      assertThat(script.log).endsWith("store added", "cancel");
      script.stored();
      assertThat(writer.heard()).isEqualTo("reply 1");
      assertThat(script.log).endsWith("cancel", "open");
    }

    @Test
    void stays_closed_once_everything_is_stored_and_nobody_waits() {
      script.command("a");
      script.recovered();
      script.answers(1, "1", "added");
      script.dies();
      script.stored();
      assertThat(script.stateName()).isEqualTo("Dormant");
    }

    @Test
    void in_mid_command_still_answers_those_whose_events_are_being_stored() {
      var stored = script.command("a");
      var running = script.command("b");
      script.recovered();
      script.answers(1, "1", "added");
      script.dies();
      assertThat(running.heard()).startsWith("INDETERMINATE UNAVAILABLE");
      assertThat(stored.heard()).isEqualTo("nothing");
      script.stored();
      assertThat(stored.heard()).isEqualTo("reply 1");
    }
  }

  @Nested
  class A_failed_recovery {

    @Test
    void tells_all_that_nothing_happened() {
      var client = script.command("a");
      script.recoveryFails();
      assertThat(client.heard())
          .isEqualTo(
              "UNAVAILABLE UNAVAILABLE counter/red Add: the entity could not be recovered; nothing"
                  + " happened");
      assertThat(script.log).containsExactly("open", "check in 5 s", "cancel");
    }
  }

  @Nested
  class A_store_that_fails {

    @Test
    void fails_what_the_function_was_asked_and_gives_back_the_rest() {
      var unstored = script.command("a");
      var running = script.command("b");
      script.recovered();
      script.answers(1, "1", "added");
      var waiting = script.command("c");
      script.storeFails();
      assertThat(unstored.heard())
          .isEqualTo(
              "INDETERMINATE UNAVAILABLE counter/red Add: a change could not be stored; the"
                  + " outcome is unknown");
      assertThat(running.heard()).startsWith("INDETERMINATE UNAVAILABLE");
      assertThat(script.log).endsWith("give back c", "half-close");
      assertThat(waiting.heardNothing()).isTrue();
    }
  }

  @Nested
  class Passivation {

    @Test
    void half_closes_an_idle_stream() {
      script.command("a");
      script.recovered();
      script.answers(1, "1");
      script.passivate();
      assertThat(script.log).endsWith("half-close", "leave");
    }

    @Test
    void waits_for_the_running_and_the_waiting_commands_and_for_the_store() {
      var running = script.command("a");
      var waiting = script.command("b");
      script.recovered();
      script.passivate();
      script.answers(1, "1", "added");
      script.answers(2, "2");
      assertThat(script.log).doesNotContain("leave");
      script.stored();
      script.stored();
      assertThat(running.heard()).isEqualTo("reply 1");
      assertThat(waiting.heard()).isEqualTo("reply 2");
      assertThat(script.log).endsWith("half-close", "leave");
    }

    @Test
    void waits_for_a_recovery_and_what_waits_for_it() {
      script.command("a");
      script.passivate();
      assertThat(script.log).containsExactly("open", "check in 5 s", "leaving");
      script.recovered();
      script.answers(1, "1");
      assertThat(script.log).endsWith("half-close", "leave");
    }

    @Test
    void without_a_stream_leaves_at_once() {
      script.passivate();
      assertThat(script.log).containsExactly("leaving", "leave");
    }

    @Test
    void while_settling_waits_for_the_store() {
      script.command("a");
      script.recovered();
      script.answers(1, "1", "added");
      script.dies();
      script.passivate();
      assertThat(script.log).doesNotContain("leave");
      script.stored();
      assertThat(script.log).endsWith("leave");
    }
  }

  @Nested
  class A_sudden_end {

    @Test
    void answers_what_the_function_was_asked_and_gives_back_the_rest() {
      var unstored = script.command("a");
      var running = script.command("b");
      script.recovered();
      script.answers(1, "1", "added");
      var waiting = script.command("c");
      script.stops();
      assertThat(unstored.heard()).startsWith("INDETERMINATE UNAVAILABLE");
      assertThat(running.heard()).startsWith("INDETERMINATE UNAVAILABLE");
      assertThat(script.log).endsWith("give back c", "half-close");
      assertThat(waiting.heardNothing()).isTrue();
    }

    @Test
    void of_an_entity_that_recovers_breaks_the_recovery_off() {
      script.command("a");
      script.stops();
      assertThat(script.log).endsWith("cancel", "give back a");
    }
  }
}
