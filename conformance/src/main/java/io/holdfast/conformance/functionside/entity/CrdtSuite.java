// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.functionside.entity;

import static io.holdfast.conformance.wire.CrdtKind.CRDT;
import static io.holdfast.conformance.wire.CrdtKind.added;
import static io.holdfast.conformance.wire.Models.response;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import io.grpc.Status;
import io.holdfast.conformance.functionside.EntityScript;
import io.holdfast.conformance.functionside.ScriptedStream;
import io.holdfast.conformance.model.CrdtModelGrpc;
import io.holdfast.conformance.model.Request;
import io.holdfast.conformance.model.Response;
import io.holdfast.conformance.wire.Actions;
import io.holdfast.conformance.wire.Answer;
import io.holdfast.conformance.wire.Anys;
import io.holdfast.conformance.wire.Call;
import io.holdfast.conformance.wire.CrdtKind;
import io.holdfast.conformance.wire.Models;
import io.holdfast.protocol.StreamCancelled;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.CrdtStateAction;
import io.holdfast.protocol.crdt.CrdtStreamCancelledResponse;
import io.holdfast.protocol.crdt.CrdtStreamIn;
import io.holdfast.protocol.crdt.CrdtStreamOut;
import io.holdfast.protocol.crdt.CrdtStreamedMessage;
import io.holdfast.protocol.crdt.CrdtWriteConsistency;
import io.holdfast.protocol.crdt.FlagDelta;
import io.holdfast.protocol.crdt.GCounterDelta;
import io.holdfast.protocol.crdt.GSetDelta;
import io.holdfast.protocol.crdt.LWWRegisterDelta;
import io.holdfast.protocol.crdt.ORMapDelta;
import io.holdfast.protocol.crdt.ORMapEntryDelta;
import io.holdfast.protocol.crdt.ORSetDelta;
import io.holdfast.protocol.crdt.PNCounterDelta;
import io.holdfast.protocol.crdt.VoteDelta;
import java.util.List;
import org.junit.jupiter.api.Test;

/** CRDT entities on one node: the rules of all entities, and those of replicated data. */
public abstract class CrdtSuite extends EntitySuite<CrdtStreamIn, CrdtStreamOut> {

  @Override
  protected final CrdtKind kind() {
    return CRDT;
  }

  private static Any element(String text) {
    return Anys.of(Models.response(text));
  }

  private static CrdtDelta counter(int increment) {
    return CrdtDelta.newBuilder()
        .setGcounter(GCounterDelta.newBuilder().setIncrement(increment))
        .build();
  }

  /** Has an entity's commands change the state so, and gives what the next init brings. */
  private CrdtDelta kept(CrdtDelta... changes) {
    var entity = entity();
    var first = entity.ask();
    var stream = entity.recovered();
    entity.expectCommand(stream, 1);
    entity.reply(stream, 1, "");
    first.reply();
    int id = 1;
    for (CrdtDelta change : changes) {
      id++;
      var call = entity.ask();
      entity.expectCommand(stream, id);
      stream.send(kind().replyWith(Answer.to(id, Actions.reply("")), change));
      call.reply();
    }
    entity.startOver(stream, id + 1);
    var next = entity.ask();
    var recovered = function().stream(kind(), entity.address());
    var init = recovered.next().getInit();
    entity.expectCommand(recovered, 1);
    entity.reply(recovered, 1, "");
    next.reply();
    return init.getDelta();
  }

  @Test
  void a_gcounter_comes_back_as_one_increment() {
    assertThat(kept(counter(2), counter(3))).isEqualTo(counter(5));
  }

  @Test
  void a_pncounter_comes_back_as_one_change() {
    assertThat(kept(pnCounter(7), pnCounter(-10))).isEqualTo(pnCounter(-3));
  }

  private static CrdtDelta pnCounter(long change) {
    return CrdtDelta.newBuilder()
        .setPncounter(PNCounterDelta.newBuilder().setChange(change))
        .build();
  }

  @Test
  void a_gset_comes_back_with_each_element_once() {
    var set =
        kept(
            CrdtDelta.newBuilder()
                .setGset(GSetDelta.newBuilder().addAdded(element("a")).addAdded(element("b")))
                .build(),
            CrdtDelta.newBuilder().setGset(GSetDelta.newBuilder().addAdded(element("a"))).build());
    assertThat(set.getGset().getAddedList()).containsExactlyInAnyOrder(element("a"), element("b"));
  }

  @Test
  void an_orset_is_cleared_first_then_removed_from_then_added_to() {
    var set =
        kept(
            orSet(ORSetDelta.newBuilder().addAdded(element("a")).addAdded(element("b"))),
            orSet(ORSetDelta.newBuilder().addRemoved(element("a")).addAdded(element("c"))),
            orSet(ORSetDelta.newBuilder().setCleared(true).addAdded(element("d"))),
            orSet(ORSetDelta.newBuilder().addAdded(element("e"))));
    assertThat(set.getOrset().getAddedList()).containsExactlyInAnyOrder(element("d"), element("e"));
    assertThat(set.getOrset().getRemovedList()).isEmpty();
  }

  private static CrdtDelta orSet(ORSetDelta.Builder delta) {
    return CrdtDelta.newBuilder().setOrset(delta).build();
  }

  @Test
  void an_lwwregister_comes_back_with_its_last_value() {
    var register = kept(register("a"), register("b"));
    assertThat(register.getLwwregister().getValue()).isEqualTo(element("b"));
  }

  private static CrdtDelta register(String text) {
    return CrdtDelta.newBuilder()
        .setLwwregister(LWWRegisterDelta.newBuilder().setValue(element(text)))
        .build();
  }

  @Test
  void a_flag_that_was_raised_comes_back_raised() {
    var raised = CrdtDelta.newBuilder().setFlag(FlagDelta.newBuilder().setValue(true)).build();
    assertThat(kept(raised)).isEqualTo(raised);
  }

  @Test
  void an_ormap_comes_back_with_the_sum_of_what_happened_to_each_entry() {
    var map =
        kept(
            orMap(ORMapDelta.newBuilder().addAdded(entry("a", 1)).addAdded(entry("b", 1))),
            orMap(
                ORMapDelta.newBuilder()
                    .addRemoved(element("b"))
                    .addUpdated(entry("a", 4))
                    .addAdded(entry("c", 2))));
    assertThat(map.getOrmap().getAddedList())
        .containsExactlyInAnyOrder(entry("a", 5), entry("c", 2));
  }

  private static CrdtDelta orMap(ORMapDelta.Builder delta) {
    return CrdtDelta.newBuilder().setOrmap(delta).build();
  }

  private static ORMapEntryDelta entry(String key, int increment) {
    return ORMapEntryDelta.newBuilder().setKey(element(key)).setDelta(counter(increment)).build();
  }

  @Test
  void a_vote_comes_back_with_the_proxys_count_of_voters() {
    var vote =
        kept(CrdtDelta.newBuilder().setVote(VoteDelta.newBuilder().setSelfVote(true)).build());
    assertThat(vote.getVote())
        .isEqualTo(
            VoteDelta.newBuilder().setSelfVote(true).setVotesFor(1).setTotalVoters(1).build());
  }

  @Test
  void commands_may_be_answered_in_any_order_by_id() {
    var entity = entity();
    var first = entity.ask();
    var stream = entity.recovered();
    entity.expectCommand(stream, 1);
    var second = entity.ask();
    entity.expectCommand(stream, 2);
    entity.reply(stream, 2, "two");
    assertThat(second.reply()).isEqualTo(response("two"));
    assertThat(first.ended()).isNotDone();
    entity.reply(stream, 1, "one");
    assertThat(first.reply()).isEqualTo(response("one"));
  }

  @Test
  void a_function_is_never_sent_back_its_own_changes() {
    var entity = entity();
    var stream = entity.begun();
    // Whole messages, in order: a delta in between would be in the place of the command.
    entity.append(stream, 2, "b");
    entity.append(stream, 3, "c");
    stream.expectNoMore();
  }

  @Test
  void an_update_of_another_type_is_reported_and_the_entity_restarts() {
    var entity = entity();
    var stream = entity.begun();
    var call = entity.ask();
    entity.expectCommand(stream, 2);
    stream.send(kind().replyWith(Answer.to(2, Actions.reply("")), pnCounter(1)));
    expectFailure(call, Status.Code.INTERNAL);
    expectReport();
    entity.expectNothingLost();
  }

  @Test
  void a_delete_is_final() {
    var entity = entity();
    var stream = entity.begun();
    var deleting = entity.ask();
    entity.expectCommand(stream, 2);
    stream.send(kind().replyWithDelete(Answer.to(2, Actions.reply("gone"))));
    assertThat(deleting.reply()).isEqualTo(response("gone"));
    Status status = entity.ask().failure();
    assertThat(status.getDescription()).contains("entity", "deleted");
  }

  @Test
  void every_write_consistency_can_be_met_on_one_node() {
    var entity = entity();
    var stream = entity.begun();
    int id = 1;
    for (CrdtWriteConsistency consistency :
        List.of(
            CrdtWriteConsistency.ALL, CrdtWriteConsistency.LOCAL, CrdtWriteConsistency.MAJORITY)) {
      id++;
      var call = entity.ask();
      entity.expectCommand(stream, id);
      stream.send(
          kind()
              .replyWith(
                  Answer.to(id, Actions.reply("written")),
                  CrdtStateAction.newBuilder()
                      .setUpdate(added(consistency.name()))
                      .setWriteConsistency(consistency)
                      .build()));
      assertThat(call.reply()).isEqualTo(response("written"));
      entity.stored(consistency.name());
    }
    entity.startOver(stream, id + 1);
    entity.expectNothingLost();
  }

  /** A client that watches an entity of which one thing is stored. */
  private final class Watched {
    final EntityScript<CrdtStreamIn, CrdtStreamOut> entity = entity();
    final ScriptedStream<CrdtStreamIn, CrdtStreamOut> stream = entity.begun();
    final Call<Request, Response> client = ask(CrdtModelGrpc.getWatchMethod(), entity.request());

    Watched() {
      var command =
          Models.command(2, CrdtModelGrpc.getWatchMethod(), entity.id(), entity.request());
      stream.expect(kind().command(command.toBuilder().setStreamed(true).build()));
    }

    Watched begun() {
      stream.send(kind().streamed(Answer.to(2, Actions.reply("first"))));
      assertThat(client.next()).isEqualTo(response("first"));
      return this;
    }

    void say(String text, boolean last) {
      stream.send(
          CrdtStreamOut.newBuilder()
              .setStreamedMessage(
                  CrdtStreamedMessage.newBuilder()
                      .setCommandId(2)
                      .setClientAction(Actions.reply(text))
                      .setEndStream(last))
              .build());
    }
  }

  @Test
  void a_streamed_command_stays_open_until_the_function_ends_it() {
    var watched = new Watched().begun();
    watched.say("second", false);
    assertThat(watched.client.next()).isEqualTo(response("second"));
    watched.say("third", true);
    assertThat(watched.client.next()).isEqualTo(response("third"));
    assertThat(watched.client.end().isOk()).isTrue();
    // It ended the stream itself, so it is not told of its end.
    watched.entity.append(watched.stream, 3, "b");
  }

  @Test
  void a_streamed_command_with_a_reply_that_is_not_streamed_ends_after_it() {
    var watched = new Watched();
    watched.entity.reply(watched.stream, 2, "all");
    assertThat(watched.client.next()).isEqualTo(response("all"));
    assertThat(watched.client.end().isOk()).isTrue();
  }

  @Test
  void a_client_that_goes_away_is_told_of_and_the_answer_may_change_the_state() {
    var watched = new Watched().begun();
    watched.client.cancel();
    watched.stream.expect(
        CrdtStreamIn.newBuilder()
            .setStreamCancelled(
                StreamCancelled.newBuilder().setEntityId(watched.entity.id()).setId(2))
            .build());
    watched.stream.send(
        CrdtStreamOut.newBuilder()
            .setStreamCancelledResponse(
                CrdtStreamCancelledResponse.newBuilder()
                    .setCommandId(2)
                    .setStateAction(CrdtStateAction.newBuilder().setUpdate(added("on leaving"))))
            .build());
    watched.entity.stored("on leaving");
    watched.entity.startOver(watched.stream, 3);
    watched.entity.expectNothingLost();
  }

  @Test
  void other_commands_go_on_while_a_client_watches() {
    var watched = new Watched().begun();
    watched.entity.append(watched.stream, 3, "b");
    watched.say("of b", false);
    assertThat(watched.client.next()).isEqualTo(response("of b"));
    watched.say("end", true);
    watched.client.next();
    assertThat(watched.client.end().isOk()).isTrue();
  }

  @Test
  void a_failure_ends_the_stream_of_a_client_that_watches() {
    var watched = new Watched().begun();
    watched.stream.send(
        CrdtStreamOut.newBuilder()
            .setStreamedMessage(
                CrdtStreamedMessage.newBuilder()
                    .setCommandId(2)
                    .setClientAction(Actions.fail(2, "no more"))
                    .setEndStream(true))
            .build());
    expectFailure(watched.client, Status.Code.UNKNOWN, "no more");
  }

  @Test
  void a_streamed_message_for_an_unknown_command_is_reported() {
    var watched = new Watched().begun();
    watched.stream.send(
        CrdtStreamOut.newBuilder()
            .setStreamedMessage(
                CrdtStreamedMessage.newBuilder()
                    .setCommandId(9)
                    .setClientAction(Actions.reply("whose?")))
            .build());
    expectReport();
    expectFailure(watched.client, Status.Code.INTERNAL);
    watched.entity.expectNothingLost();
  }
}
