// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.proxyside;

import static io.holdfast.conformance.wire.CrdtKind.CRDT;
import static io.holdfast.conformance.wire.CrdtKind.added;
import static io.holdfast.conformance.wire.Models.append;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Empty;
import io.holdfast.conformance.model.CrdtModelGrpc;
import io.holdfast.conformance.model.Step;
import io.holdfast.conformance.wire.Actions;
import io.holdfast.conformance.wire.Answer;
import io.holdfast.conformance.wire.CrdtKind;
import io.holdfast.conformance.wire.Models;
import io.holdfast.protocol.StreamCancelled;
import io.holdfast.protocol.crdt.CrdtDelete;
import io.holdfast.protocol.crdt.CrdtStateAction;
import io.holdfast.protocol.crdt.CrdtStreamCancelledResponse;
import io.holdfast.protocol.crdt.CrdtStreamIn;
import io.holdfast.protocol.crdt.CrdtStreamOut;
import io.holdfast.protocol.crdt.CrdtStreamedMessage;
import org.junit.jupiter.api.Test;

/** What a function must answer on the stream of a CRDT entity. */
public abstract class CrdtFunctionSuite extends EntityFunctionSuite<CrdtStreamIn, CrdtStreamOut> {

  @Override
  protected final CrdtKind kind() {
    return CRDT;
  }

  @Test
  void changes_of_other_nodes_are_there_for_the_next_command_and_are_not_sent_back() {
    var entity = recovered("a");
    entity.send(kind().delta(added("b")));
    entity.send(kind().delta(added("c")));
    entity.ask(1, append("d"));
    entity.expect(kind().reply(Answer.to(1, Actions.reply("abcd")).after("abc").appending("d")));
    entity.passivate();
  }

  @Test
  void a_command_that_changes_nothing_has_no_state_action() {
    var entity = recovered("a");
    entity.ask(1, append("a"));
    entity.expect(unchanged(1, "a"));
    entity.passivate();
  }

  @Test
  void commands_may_come_before_others_are_answered() {
    var entity = recovered();
    entity.ask(1, append("a"));
    entity.ask(2, append("b"));
    var one = entity.next().getReply();
    var other = entity.next().getReply();
    assertThat(one.getCommandId() + other.getCommandId()).isEqualTo(3);
    assertThat(one.getStateAction().getUpdate()).isIn(added("a"), added("b"));
    assertThat(other.getStateAction().getUpdate())
        .isIn(added("a"), added("b"))
        .isNotEqualTo(one.getStateAction().getUpdate());
    entity.passivate();
  }

  @Test
  void a_delete_is_asked_for_and_commands_after_it_fail() {
    var entity = recovered("a");
    entity.ask(1, Step.newBuilder().setClear(Empty.getDefaultInstance()).build());
    entity.expect(kind().replyWithDelete(Answer.to(1, Actions.reply(""))));
    entity.ask(2, append("b"));
    entity.expectFailure(2);
    entity.cancel();
  }

  @Test
  void commands_after_a_delete_by_another_node_fail() {
    var entity = recovered("a");
    entity.send(CrdtStreamIn.newBuilder().setDelete(CrdtDelete.getDefaultInstance()).build());
    entity.ask(1, append("b"));
    entity.expectFailure(1);
    entity.cancel();
  }

  private void watch(PlayedEntity<CrdtStreamIn, CrdtStreamOut> entity, Step... steps) {
    var command =
        Models.command(
            1, CrdtModelGrpc.getWatchMethod(), entity.address().id(), entity.request(steps));
    entity.send(kind().command(command.toBuilder().setStreamed(true).build()));
  }

  private static CrdtStreamOut said(CrdtStreamedMessage.Builder message) {
    return CrdtStreamOut.newBuilder().setStreamedMessage(message.setCommandId(1)).build();
  }

  @Test
  void a_streamed_command_is_answered_at_once_and_after_each_change_until_the_function_ends_it() {
    var entity = recovered("a");
    watch(entity);
    entity.expect(kind().streamed(Answer.to(1, Actions.reply("a"))));
    entity.send(kind().delta(added("b")));
    entity.expect(said(CrdtStreamedMessage.newBuilder().setClientAction(Actions.reply("ab"))));
    entity.ask(2, append("c"));
    entity.expect(kind().reply(Answer.to(2, Actions.reply("abc")).after("ab").appending("c")));
    entity.expect(said(CrdtStreamedMessage.newBuilder().setClientAction(Actions.reply("abc"))));
    entity.send(kind().delta(added("end")));
    entity.expect(said(CrdtStreamedMessage.newBuilder().setEndStream(true)));
    entity.passivate();
  }

  private void cancel(PlayedEntity<CrdtStreamIn, CrdtStreamOut> entity) {
    entity.send(
        CrdtStreamIn.newBuilder()
            .setStreamCancelled(
                StreamCancelled.newBuilder().setEntityId(entity.address().id()).setId(1))
            .build());
  }

  private static CrdtStreamOut cancelled(CrdtStreamCancelledResponse.Builder response) {
    return CrdtStreamOut.newBuilder().setStreamCancelledResponse(response.setCommandId(1)).build();
  }

  @Test
  void a_cancellation_is_answered_once_and_may_change_the_state() {
    var entity = recovered("a");
    watch(entity, append("z"));
    entity.next();
    cancel(entity);
    entity.expect(
        cancelled(
            CrdtStreamCancelledResponse.newBuilder()
                .setStateAction(CrdtStateAction.newBuilder().setUpdate(added("z")))));
    entity.ask(2);
    entity.expect(unchanged(2, "az"));
    entity.passivate();
  }

  @Test
  void a_cancellation_that_crosses_the_end_of_the_stream_is_answered_too() {
    var entity = recovered("a");
    watch(entity, append("z"));
    entity.next();
    entity.send(kind().delta(added("end")));
    cancel(entity);
    entity.expect(said(CrdtStreamedMessage.newBuilder().setEndStream(true)));
    entity.expect(cancelled(CrdtStreamCancelledResponse.newBuilder()));
    entity.passivate();
  }
}
