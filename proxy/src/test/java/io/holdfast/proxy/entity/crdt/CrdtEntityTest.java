// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import static io.holdfast.proxy.entity.crdt.CrdtFunction.action;
import static io.holdfast.proxy.entity.crdt.CrdtFunction.delete;
import static io.holdfast.proxy.entity.crdt.CrdtFunction.failure;
import static io.holdfast.proxy.entity.crdt.CrdtFunction.reply;
import static io.holdfast.proxy.entity.crdt.CrdtFunction.update;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.holdfast.crdt.ReplicatedState;
import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.Failure;
import io.holdfast.protocol.Forward;
import io.holdfast.protocol.Reply;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.CrdtReply;
import io.holdfast.protocol.crdt.CrdtStateAction;
import io.holdfast.protocol.crdt.CrdtStreamCancelledResponse;
import io.holdfast.protocol.crdt.CrdtStreamOut;
import io.holdfast.protocol.crdt.CrdtStreamedMessage;
import io.holdfast.protocol.crdt.GSetDelta;
import io.holdfast.protocol.crdt.PNCounterDelta;
import io.holdfast.protocol.crdt.VoteDelta;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** CRDT entities of one node, between a function over real gRPC and a real replicator. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CrdtEntityTest {

  private static CrdtNode node;

  private final String key;

  /** Each test has an entity of its own. */
  CrdtEntityTest(TestInfo test) {
    key = test.getDisplayName();
  }

  @BeforeAll
  static void start() {
    node = CrdtNode.alone(Map.of("holdfast.crdt.unread-messages-max", 3));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static CrdtDelta counter(long change) {
    return CrdtDelta.newBuilder()
        .setPncounter(PNCounterDelta.newBuilder().setChange(change))
        .build();
  }

  private static CrdtDelta set(String... elements) {
    var set = GSetDelta.newBuilder();
    for (String element : elements) {
      set.addAdded(
          Any.newBuilder()
              .setTypeUrl("p.cloudstate.io/string")
              .setValue(ByteString.copyFromUtf8(element)));
    }
    return CrdtDelta.newBuilder().setGset(set).build();
  }

  private CrdtNode.Client command(String text) {
    return node.command(key, text);
  }

  /** A stream on which the function was asked the first command, and owes the answer. */
  private CrdtFunction.Stream asked() {
    var stream = node.function.nextStream(key);
    stream.nextInit();
    stream.nextCommand();
    return stream;
  }

  /** The function answers a command of its own, so that all before it was dealt with. */
  private void answerOne(CrdtFunction.Stream stream, long id) {
    var client = command("one more");
    assertThat(stream.nextCommand().getId()).isEqualTo(id);
    stream.say(reply(id, "fine"));
    assertThat(client.hears()).isEqualTo("fine");
  }

  /** Has the function ask for a new stream, which it gets. */
  private CrdtFunction.Stream restart(CrdtFunction.Stream stream) {
    var client = command("restart");
    long id = stream.nextCommand().getId();
    stream.say(CrdtReply.newBuilder().setCommandId(id).setClientAction(failure("sick", true)));
    assertThat(client.hears()).startsWith("REFUSED UNKNOWN sick");
    assertThat(stream.nextEnd()).isEqualTo(Status.OK);
    return node.function.nextStream(key);
  }

  /** The state that the function is given with a stream; reads it with a command, too. */
  private CrdtDelta begins(CrdtFunction.Stream stream) {
    CrdtDelta state = stream.nextInit().getDelta();
    var client = command("read");
    stream.say(reply(stream.nextCommand().getId(), "read"));
    assertThat(client.hears()).isEqualTo("read");
    return state;
  }

  @Test
  void a_new_entity_begins_without_a_state() {
    command("a");
    var stream = node.function.nextStream(key);
    var init = stream.nextInit();

    assertThat(init.getServiceName()).isEqualTo("test.Carts");
    assertThat(init.getEntityId()).isEqualTo(key);
    assertThat(init.hasDelta()).isFalse();
    var command = stream.nextCommand();
    assertThat(command.getId()).isEqualTo(1);
    assertThat(command.getName()).isEqualTo("Change");
    assertThat(command.getStreamed()).isFalse();
    stream.say(reply(1, "done"));
  }

  @Test
  void what_a_function_has_changed_comes_back_with_its_next_stream() {
    var client = command("a");
    var stream = asked();
    stream.say(update(1, "done", counter(3)));
    assertThat(client.hears()).isEqualTo("done");

    assertThat(begins(restart(stream))).isEqualTo(counter(3));
  }

  @Test
  void a_function_that_asks_for_a_restart_gets_it_before_its_next_command() {
    command("a");
    var stream = asked();
    stream.say(CrdtReply.newBuilder().setCommandId(1).setClientAction(failure("sick", true)));

    assertThat(stream.nextEnd()).as("not cancelled").isEqualTo(Status.OK);
    var next = node.function.nextStream(key);
    assertThat(next.nextInit().getEntityId()).isEqualTo(key);
    assertThat(next.heardNothing()).isTrue();
    answerOne(next, 1);
  }

  @Test
  void a_restart_fails_the_other_commands_under_way_and_clients_that_are_streamed_to() {
    var watcher = node.watch(key);
    var stream = asked();
    stream.say(reply(1, "hello").setStreamed(true));
    assertThat(watcher.hears()).isEqualTo("hello");
    var other = command("b");
    assertThat(stream.nextCommand().getId()).isEqualTo(2);
    command("c");
    assertThat(stream.nextCommand().getId()).isEqualTo(3);
    stream.say(CrdtReply.newBuilder().setCommandId(3).setClientAction(failure("sick", true)));

    assertThat(other.hears()).startsWith("INDETERMINATE").contains("the function asked for it");
    assertThat(watcher.hears()).isEqualTo("UNAVAILABLE");
    assertThat(stream.nextEnd()).isEqualTo(Status.OK);
    node.function.nextStream(key);
  }

  @Test
  void a_function_that_gives_up_on_a_command_and_asks_for_a_restart_gets_it_at_once() {
    givesUpOn(1);
  }

  @Test
  void a_function_that_gives_up_on_everything_and_asks_for_a_restart_gets_it_at_once() {
    givesUpOn(0);
  }

  private void givesUpOn(long command) {
    var client = command("a");
    var stream = asked();
    stream.say(
        CrdtStreamOut.newBuilder()
            .setFailure(
                Failure.newBuilder()
                    .setCommandId(command)
                    .setDescription("broken down")
                    .setRestart(true)));

    assertThat(client.hears()).startsWith("REFUSED UNKNOWN broken down");
    assertThat(stream.nextEnd()).as("not cancelled").isEqualTo(Status.OK);
    var next = node.function.nextStream(key);
    assertThat(next.nextInit().getEntityId()).isEqualTo(key);
    answerOne(next, 1);
  }

  @Test
  void commands_are_answered_in_any_order() {
    var first = command("a");
    var stream = asked();
    var second = command("b");
    assertThat(stream.nextCommand().getId()).isEqualTo(2);

    stream.say(reply(2, "second"));
    assertThat(second.hears()).isEqualTo("second");
    assertThat(first.heardNothing()).isTrue();
    stream.say(reply(1, "first"));
    assertThat(first.hears()).isEqualTo("first");
  }

  @Test
  void changes_by_other_nodes_are_told_when_the_function_owes_nothing() {
    var client = command("a");
    var stream = asked();
    node.elsewhere(key, counter(5));
    stream.say(update(1, "done", counter(1)));
    assertThat(client.hears()).isEqualTo("done");

    assertThat(stream.nextDelta()).isEqualTo(counter(5));
  }

  @Test
  void a_function_is_not_told_what_it_has_changed_itself() {
    command("a");
    var stream = asked();
    stream.say(update(1, "done", counter(1)));
    node.elsewhere(key, counter(5));

    assertThat(stream.nextDelta()).as("only the change made elsewhere").isEqualTo(counter(5));
  }

  @Test
  void a_steady_flow_of_commands_does_not_keep_changes_away() {
    node.function.answerAll(
        command ->
            command.getEntityId().equals(key) && command.getId() > 1
                ? reply(command.getId(), "answered")
                : null);
    command("first");
    var stream = asked();
    node.elsewhere(key, counter(5));
    // The first command is never answered, and so there is always one outstanding.
    var next = command("next");
    int answered = 0;
    while (next.hearsWithin(Duration.ofSeconds(3))) {
      answered++;
      next = command("next");
    }
    for (int i = 0; i < answered; i++) {
      assertThat(stream.next().hasCommand()).isTrue();
    }
    stream.say(reply(1, "at last"));

    assertThat(stream.nextDelta()).isEqualTo(counter(5));
    assertThat(stream.nextCommand().getId()).as("the one that was held").isEqualTo(answered + 2);
    assertThat(next.hears()).isEqualTo("answered");
  }

  @Test
  void a_deleted_entity_is_not_brought_to_the_function_any_more() {
    var client = command("a");
    var stream = asked();
    stream.say(delete(1, "deleted"));

    assertThat(client.hears()).isEqualTo("deleted");
    assertThat(stream.nextEnd()).isEqualTo(Status.OK);
    assertThat(command("b").hears()).startsWith("REFUSED NOT_FOUND").contains("is deleted");
    assertThat(node.replica(key)).isEqualTo(ReplicatedState.DELETED);
  }

  @Test
  void an_entity_that_is_deleted_elsewhere_is_deleted_here() {
    var watcher = node.watch(key);
    var stream = asked();
    stream.say(reply(1, "hello").setStreamed(true));
    assertThat(watcher.hears()).isEqualTo("hello");
    node.merge(key, ReplicatedState.DELETED);

    assertThat(stream.next().hasDelete()).isTrue();
    assertThat(watcher.hears()).isEqualTo("NOT_FOUND");
    assertThat(stream.nextEnd()).isEqualTo(Status.OK);
    assertThat(command("b").hears()).startsWith("REFUSED NOT_FOUND");
  }

  @Test
  void votes_are_counted_by_the_proxy() {
    command("a");
    var stream = asked();
    stream.say(
        update(
            1,
            "done",
            CrdtDelta.newBuilder().setVote(VoteDelta.newBuilder().setSelfVote(true)).build()));
    answerOne(stream, 2);

    assertThat(begins(restart(stream)).getVote())
        .isEqualTo(
            VoteDelta.newBuilder().setSelfVote(true).setVotesFor(1).setTotalVoters(1).build());
  }

  @Test
  void a_failure_changes_nothing_and_the_function_goes_on() {
    var client = command("a");
    var stream = asked();
    stream.say(CrdtReply.newBuilder().setCommandId(1).setClientAction(failure("no", false)));

    assertThat(client.hears()).isEqualTo("REFUSED UNKNOWN no");
    answerOne(stream, 2);
  }

  @Test
  void a_failure_that_comes_with_a_change_is_reported_and_nothing_is_changed() {
    var client = command("a");
    var stream = asked();
    stream.say(update(1, "", counter(1)).setClientAction(failure("no", false)));

    assertThat(client.hears()).startsWith("REFUSED");
    assertThat(stream.nextEnd().getCode()).isEqualTo(Status.Code.CANCELLED);
    assertThat(node.nextReport(key)).contains(key, "failed the command and yet asked for a change");
    assertThat(node.replica(key)).isEqualTo(ReplicatedState.EMPTY);
  }

  private void broken(CrdtStreamOut.Builder said, String what) {
    var client = command("a");
    var stream = asked();
    stream.say(said);

    assertThat(client.hears()).startsWith("FUNCTION_BROKEN INTERNAL").contains(what);
    assertThat(stream.nextEnd().getCode()).isEqualTo(Status.Code.CANCELLED);
    assertThat(node.nextReport(key)).contains(key, what);
    command("b");
    var next = node.function.nextStream(key);
    next.nextInit();
    assertThat(next.nextCommand().getId()).as("a stream of its own").isEqualTo(1);
    next.say(reply(1, "fine"));
  }

  private void broken(CrdtReply.Builder said, String what) {
    broken(CrdtStreamOut.newBuilder().setReply(said), what);
  }

  @Test
  void a_reply_to_a_command_that_was_not_asked_is_broken() {
    broken(reply(7, "what"), "answered command 7, which is not outstanding");
  }

  @Test
  void a_failure_of_a_command_that_was_not_asked_is_broken() {
    broken(
        CrdtStreamOut.newBuilder().setFailure(Failure.newBuilder().setCommandId(7)),
        "gave up on command 7, which is not outstanding");
  }

  @Test
  void a_failure_of_no_command_fails_all_that_are_under_way_with_its_words() {
    var first = command("a");
    var stream = asked();
    var second = command("b");
    assertThat(stream.nextCommand().getId()).isEqualTo(2);
    stream.say(
        CrdtStreamOut.newBuilder().setFailure(Failure.newBuilder().setDescription("all is lost")));

    assertThat(first.hears()).isEqualTo("REFUSED UNKNOWN all is lost");
    assertThat(second.hears()).isEqualTo("REFUSED UNKNOWN all is lost");
    assertThat(stream.nextEnd()).as("not cancelled").isEqualTo(Status.OK);
  }

  @Test
  void a_message_with_nothing_in_it_is_broken() {
    broken(CrdtStreamOut.newBuilder(), "sent a message with nothing in it");
  }

  @Test
  void a_reply_of_another_type_is_broken() {
    var other =
        ClientAction.newBuilder()
            .setReply(
                Reply.newBuilder()
                    .setPayload(Any.newBuilder().setTypeUrl("type.googleapis.com/test.Other")));
    broken(CrdtReply.newBuilder().setCommandId(1).setClientAction(other), "replied with type");
  }

  @Test
  void a_change_of_another_kind_of_data_is_broken() {
    node.elsewhere(key, set("a"));
    broken(update(1, "done", counter(1)), "changed an entity that is a GSet as a PNCounter");
  }

  @Test
  void a_state_action_with_nothing_in_it_is_broken() {
    broken(
        reply(1, "done").setStateAction(CrdtStateAction.getDefaultInstance()),
        "asked for neither an update nor a deletion");
  }

  @Test
  void a_streamed_reply_to_a_command_that_is_not_is_broken() {
    broken(reply(1, "done").setStreamed(true), "answered with a stream");
  }

  @Test
  void a_message_to_a_stream_that_is_not_open_is_broken() {
    broken(
        CrdtStreamOut.newBuilder()
            .setStreamedMessage(CrdtStreamedMessage.newBuilder().setCommandId(1)),
        "streamed to command 1, which has no open stream");
  }

  @Test
  void a_function_that_gives_up_fails_its_command_and_starts_anew() {
    var client = command("a");
    var other = command("b");
    var stream = asked();
    stream.nextCommand();
    stream.say(
        CrdtStreamOut.newBuilder()
            .setFailure(Failure.newBuilder().setCommandId(1).setDescription("broken down")));

    assertThat(client.hears()).startsWith("REFUSED UNKNOWN broken down");
    assertThat(other.hears()).startsWith("INDETERMINATE").contains("outcome is unknown");
    assertThat(stream.nextEnd()).as("not cancelled").isEqualTo(Status.OK);
    command("c");
    assertThat(node.function.nextStream(key).nextInit().getEntityId()).isEqualTo(key);
  }

  @Test
  void a_streamed_command_gets_messages_until_the_function_ends_them() {
    var client = node.watch(key);
    var stream = node.function.nextStream(key);
    stream.nextInit();
    assertThat(stream.nextCommand().getStreamed()).isTrue();
    stream.say(reply(1, "first").setStreamed(true));
    stream.say(CrdtStreamedMessage.newBuilder().setCommandId(1).setClientAction(action("second")));
    stream.say(CrdtStreamedMessage.newBuilder().setCommandId(1));
    stream.say(
        CrdtStreamedMessage.newBuilder()
            .setCommandId(1)
            .setClientAction(action("last"))
            .setEndStream(true));

    assertThat(client.hears()).isEqualTo("first");
    assertThat(client.hears()).isEqualTo("second");
    assertThat(client.hears()).isEqualTo("last");
    assertThat(client.hears()).isEqualTo("end");
    answerOne(stream, 2);
    assertThat(stream.heardNothing()).as("no cancellation").isTrue();
  }

  @Test
  void a_reply_that_is_not_streamed_ends_a_streamed_command() {
    var client = node.watch(key);
    var stream = asked();
    stream.say(reply(1, "only"));

    assertThat(client.hears()).isEqualTo("only");
    assertThat(client.hears()).isEqualTo("end");
    answerOne(stream, 2);
  }

  @Test
  void a_client_that_goes_away_is_cancelled_and_the_function_may_change_the_state() {
    var client = node.watch(key);
    var stream = asked();
    stream.say(update(1, "hello", counter(1)).setStreamed(true));
    assertThat(client.hears()).isEqualTo("hello");
    client.goAway();
    var cancelled = stream.next().getStreamCancelled();
    assertThat(cancelled.getId()).isEqualTo(1);
    assertThat(cancelled.getEntityId()).isEqualTo(key);
    stream.say(
        CrdtStreamCancelledResponse.newBuilder()
            .setCommandId(1)
            .setStateAction(CrdtStateAction.newBuilder().setUpdate(counter(-1))));
    answerOne(stream, 2);

    assertThat(begins(restart(stream))).isEqualTo(counter(0));
  }

  @Test
  void changes_wait_while_a_cancellation_is_outstanding() {
    var client = node.watch(key);
    var stream = asked();
    stream.say(update(1, "hello", counter(1)).setStreamed(true));
    assertThat(client.hears()).isEqualTo("hello");
    client.goAway();
    assertThat(stream.next().hasStreamCancelled()).isTrue();
    node.elsewhere(key, counter(5));
    stream.say(
        CrdtStreamCancelledResponse.newBuilder()
            .setCommandId(1)
            .setStateAction(CrdtStateAction.newBuilder().setUpdate(counter(-1))));

    assertThat(stream.nextDelta()).isEqualTo(counter(5));
  }

  @Test
  void a_client_that_goes_before_the_function_has_answered_is_cancelled_then() {
    var client = node.watch(key);
    var stream = asked();
    client.goAway();
    stream.say(reply(1, "hello").setStreamed(true));

    assertThat(stream.next().getStreamCancelled().getId()).isEqualTo(1);
    stream.say(CrdtStreamCancelledResponse.newBuilder().setCommandId(1));
    answerOne(stream, 2);
  }

  @Test
  void a_stream_that_the_function_ends_while_it_is_cancelled_is_over() {
    var client = node.watch(key);
    var stream = asked();
    stream.say(reply(1, "hello").setStreamed(true));
    client.hears();
    client.goAway();
    stream.next();
    stream.say(CrdtStreamedMessage.newBuilder().setCommandId(1).setEndStream(true));
    stream.say(CrdtStreamCancelledResponse.newBuilder().setCommandId(1));

    answerOne(stream, 2);
  }

  @Test
  void a_client_that_does_not_read_is_let_go() {
    var client = node.watch(key);
    var stream = asked();
    stream.say(reply(1, "hello").setStreamed(true));
    assertThat(client.hears()).isEqualTo("hello");
    client.stopReading();
    for (int i = 1; i <= 4; i++) {
      stream.say(CrdtStreamedMessage.newBuilder().setCommandId(1).setClientAction(action("" + i)));
    }

    assertThat(client.hears()).isEqualTo("1");
    assertThat(client.hears()).isEqualTo("2");
    assertThat(client.hears()).isEqualTo("3");
    assertThat(client.hears()).isEqualTo("RESOURCE_EXHAUSTED");
    assertThat(stream.next().getStreamCancelled().getId()).isEqualTo(1);
  }

  @Test
  void a_failure_ends_a_stream() {
    var client = node.watch(key);
    var stream = asked();
    stream.say(reply(1, "hello").setStreamed(true));
    stream.say(
        CrdtStreamedMessage.newBuilder()
            .setCommandId(1)
            .setClientAction(failure("enough", false))
            .setEndStream(true));

    assertThat(client.hears()).isEqualTo("hello");
    assertThat(client.hears()).isEqualTo("UNKNOWN");
    answerOne(stream, 2);
  }

  @Test
  void a_stream_is_cancelled_when_a_forward_in_it_fails() {
    var client = node.watch(key);
    var stream = asked();
    stream.say(reply(1, "hello").setStreamed(true));
    stream.say(
        CrdtStreamedMessage.newBuilder()
            .setCommandId(1)
            .setClientAction(
                ClientAction.newBuilder()
                    .setForward(
                        Forward.newBuilder()
                            .setServiceName("test.Carts")
                            .setCommandName("Broken")
                            .setPayload(
                                Any.newBuilder().setTypeUrl("type.googleapis.com/test.Change")))));

    assertThat(client.hears()).isEqualTo("hello");
    assertThat(client.hears()).isEqualTo("UNAVAILABLE");
    assertThat(stream.next().getStreamCancelled().getId()).isEqualTo(1);
  }

  @Test
  void a_function_that_shuts_down_ends_streams_unasked_and_may_change_the_state() {
    var client = node.watch(key);
    var stream = asked();
    stream.say(update(1, "hello", counter(1)).setStreamed(true));
    assertThat(client.hears()).isEqualTo("hello");
    stream.say(
        CrdtStreamCancelledResponse.newBuilder()
            .setCommandId(1)
            .setStateAction(CrdtStateAction.newBuilder().setUpdate(counter(-1))));

    assertThat(client.hears()).isEqualTo("UNAVAILABLE");
    assertThat(begins(restart(stream))).isEqualTo(counter(0));
    assertThat(client.heardNothing()).isTrue();
  }

  @Test
  void a_confirmation_of_what_was_never_streamed_is_broken() {
    broken(
        CrdtStreamOut.newBuilder()
            .setStreamCancelledResponse(CrdtStreamCancelledResponse.newBuilder().setCommandId(1)),
        "confirmed that stream 1 was cancelled, which it was not");
  }

  @Test
  void clients_of_a_stream_that_is_lost_are_told() {
    var watcher = node.watch(key);
    var stream = asked();
    stream.say(reply(1, "hello").setStreamed(true));
    assertThat(watcher.hears()).isEqualTo("hello");
    stream.end();

    assertThat(watcher.hears()).isEqualTo("UNAVAILABLE");
  }
}
