// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.functionside.entity;

import static io.holdfast.conformance.wire.Models.response;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.holdfast.conformance.functionside.EntityScript;
import io.holdfast.conformance.functionside.FunctionSideSuite;
import io.holdfast.conformance.functionside.Headers;
import io.holdfast.conformance.functionside.ScriptedStream;
import io.holdfast.conformance.functionside.Stage;
import io.holdfast.conformance.model.Request;
import io.holdfast.conformance.model.StreamedActionModelGrpc;
import io.holdfast.conformance.wire.Actions;
import io.holdfast.conformance.wire.Address;
import io.holdfast.conformance.wire.Answer;
import io.holdfast.conformance.wire.Arrivals;
import io.holdfast.conformance.wire.Call;
import io.holdfast.conformance.wire.Kind;
import io.holdfast.conformance.wire.Models;
import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.SideEffect;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Forwards and side effects of entities of any kind, to others of the same kind. */
public abstract class OnwardSuite<I extends Message, O extends Message> extends FunctionSideSuite {

  protected abstract Kind<I, O> kind();

  private EntityScript<I, O> entity() {
    return new EntityScript<>(stage(), kind(), kind().process());
  }

  private ClientAction forwardTo(EntityScript<I, O> target) {
    return Actions.forward(target.address().service(), "Process", target.request());
  }

  private SideEffect effectOn(EntityScript<I, O> target, boolean awaited) {
    return Actions.effect(target.address().service(), "Process", target.request(), awaited);
  }

  @Test
  void a_forwards_outcome_is_the_clients_and_what_was_changed_is_stored() {
    var target = entity();
    var entity = entity();
    var stream = entity.begun();
    var call = entity.ask();
    entity.expectCommand(stream, 2);
    stream.send(kind().reply(Answer.to(2, forwardTo(target)).after("a").appending("b")));
    entity.stored("b");
    var targetStream = target.recovered();
    target.expectCommand(targetStream, 1);
    assertThat(call.ended()).isNotDone();
    target.reply(targetStream, 1, "from the other");
    assertThat(call.reply()).isEqualTo(response("from the other"));
    entity.startOver(stream, 3);
    entity.expectNothingLost();
  }

  @Test
  void a_forward_that_fails_fails_the_client_and_what_was_changed_stays_stored() {
    var target = entity();
    var entity = entity();
    var stream = entity.begun();
    var call = entity.ask();
    entity.expectCommand(stream, 2);
    stream.send(kind().reply(Answer.to(2, forwardTo(target)).after("a").appending("b")));
    entity.stored("b");
    var targetStream = target.recovered();
    target.expectCommand(targetStream, 1);
    targetStream.send(kind().reply(Answer.to(1, Actions.fail(1, "not here"))));
    expectFailure(call, Status.Code.UNKNOWN, "not here");
    entity.startOver(stream, 3);
    entity.expectNothingLost();
  }

  private void refused(Answer answer) {
    var entity = entity();
    var stream = entity.begun();
    var call = entity.ask();
    entity.expectCommand(stream, 2);
    stream.send(kind().reply(answer.after("a").appending("lost")));
    expectFailure(call, Status.Code.INTERNAL);
    expectReport();
    entity.expectNothingLost();
  }

  @Test
  void a_forward_to_an_unknown_service_is_reported_and_the_command_fails() {
    refused(Answer.to(2, Actions.forward("model.Missing", "Process", entity().request())));
  }

  @Test
  void a_forward_to_an_unknown_command_is_reported_and_the_command_fails() {
    var target = entity();
    refused(Answer.to(2, Actions.forward(target.address().service(), "Missing", target.request())));
  }

  @Test
  void a_side_effect_on_an_unknown_service_is_reported_and_the_command_fails() {
    refused(
        Answer.to(2, Actions.reply("a"))
            .with(Actions.effect("model.Missing", "Process", entity().request(), false)));
  }

  @Test
  void a_side_effect_on_an_unknown_command_is_reported_and_the_command_fails() {
    var target = entity();
    refused(
        Answer.to(2, Actions.reply("a"))
            .with(Actions.effect(target.address().service(), "Missing", target.request(), true)));
  }

  @Test
  void a_forward_to_a_streamed_command_is_reported_and_the_command_fails() {
    var streamed = StreamedActionModelGrpc.getStreamedOutMethod();
    refused(
        Answer.to(
            2,
            Actions.forward(Models.service(streamed), Models.name(streamed), entity().request())));
  }

  @Test
  void a_side_effect_on_a_streamed_command_is_reported_and_the_command_fails() {
    var streamed = StreamedActionModelGrpc.getStreamedOutMethod();
    refused(
        Answer.to(2, Actions.reply("a"))
            .with(
                Actions.effect(
                    Models.service(streamed), Models.name(streamed), entity().request(), false)));
  }

  /** One of two entities that forward to one another. */
  private final class Turn {
    private final EntityScript<I, O> target;
    private final ScriptedStream<I, O> stream;

    Turn(EntityScript<I, O> target, ScriptedStream<I, O> stream) {
      this.target = target;
      this.stream = stream;
    }

    void passOn(long commandId) {
      stream.send(kind().reply(Answer.to(commandId, forwardTo(target))));
    }

    /** Waits for the command and passes it on; false once the client's call has ended instead. */
    boolean takesOver(Call<?, ?> call, long commandId) {
      var command = stream.later();
      Arrivals.await(CompletableFuture.anyOf(command, call.ended()), "next of the circle");
      if (command.isDone()) {
        passOn(commandId);
      }
      return command.isDone();
    }
  }

  @Test
  void forwards_that_go_in_a_circle_are_reported_and_the_command_fails() {
    var one = entity();
    var other = entity();
    var call = one.ask();
    var here = new Turn(other, one.recovered());
    here.takesOver(call, 1);
    var there = new Turn(one, other.recovered());
    boolean open = there.takesOver(call, 1);
    for (int command = 2; open; command++) {
      open = here.takesOver(call, command) && there.takesOver(call, command);
    }
    expectFailure(call, Status.Code.INTERNAL);
    expectReport();
  }

  @Test
  void awaited_side_effects_run_in_order_before_the_reply_leaves() {
    var x = entity();
    var y = entity();
    var entity = entity();
    var stream = entity.begun();
    var call = entity.ask();
    entity.expectCommand(stream, 2);
    stream.send(
        kind()
            .reply(Answer.to(2, Actions.reply("done")).with(effectOn(x, true), effectOn(y, true))));
    var streamX = x.recovered();
    x.expectCommand(streamX, 1);
    assertThat(function().furtherStreams(y.address())).isZero();
    x.reply(streamX, 1, "x");
    var streamY = y.recovered();
    y.expectCommand(streamY, 1);
    assertThat(call.ended()).isNotDone();
    y.reply(streamY, 1, "y");
    assertThat(call.reply()).isEqualTo(response("done"));
  }

  @Test
  void a_side_effect_that_is_not_awaited_does_not_hold_the_reply_up() {
    var x = entity();
    var entity = entity();
    var stream = entity.begun();
    var call = entity.ask();
    entity.expectCommand(stream, 2);
    stream.send(kind().reply(Answer.to(2, Actions.reply("done")).with(effectOn(x, false))));
    var streamX = x.recovered();
    x.expectCommand(streamX, 1);
    assertThat(call.reply()).isEqualTo(response("done"));
    x.reply(streamX, 1, "x");
  }

  @Test
  void a_side_effect_that_fails_is_reported_and_the_command_succeeds() {
    var x = entity();
    var entity = entity();
    var stream = entity.begun();
    var call = entity.ask();
    entity.expectCommand(stream, 2);
    stream.send(kind().reply(Answer.to(2, Actions.reply("done")).with(effectOn(x, true))));
    var streamX = x.recovered();
    x.expectCommand(streamX, 1);
    streamX.send(kind().reply(Answer.to(1, Actions.fail(1, "no effect"))));
    expectReport();
    assertThat(call.reply()).isEqualTo(response("done"));
  }

  @Test
  void no_side_effect_runs_when_the_command_fails() {
    var x = entity();
    var entity = entity();
    var stream = entity.begun();
    var call = entity.ask();
    entity.expectCommand(stream, 2);
    stream.send(kind().reply(Answer.to(2, Actions.fail(2, "no")).with(effectOn(x, false))));
    expectFailure(call, Status.Code.UNKNOWN, "no");
    // What is sent later comes later.
    entity().begun();
    assertThat(function().furtherStreams(x.address())).isZero();
  }

  @Test
  void a_side_effects_own_side_effects_run_too() {
    var x = entity();
    var y = entity();
    var entity = entity();
    var stream = entity.begun();
    var call = entity.ask();
    entity.expectCommand(stream, 2);
    stream.send(kind().reply(Answer.to(2, Actions.reply("done")).with(effectOn(x, true))));
    var streamX = x.recovered();
    x.expectCommand(streamX, 1);
    streamX.send(kind().reply(Answer.to(1, Actions.reply("x")).with(effectOn(y, true))));
    var streamY = y.recovered();
    y.expectCommand(streamY, 1);
    y.reply(streamY, 1, "y");
    assertThat(call.reply()).isEqualTo(response("done"));
  }

  @Test
  void forwards_and_side_effects_carry_their_own_metadata() {
    var x = entity();
    var metadata = Headers.metadata("x-color", "red");
    var entity = entity();
    var stream = entity.begun();
    var call = entity.ask();
    entity.expectCommand(stream, 2);
    stream.send(
        kind()
            .reply(
                Answer.to(2, Actions.reply("done"))
                    .with(effectOn(x, true).toBuilder().setMetadata(metadata).build())));
    var streamX = function().stream(kind(), x.address());
    streamX.next();
    Request request = x.request();
    streamX.expect(
        kind()
            .command(
                Models.command(1, kind().process(), x.id(), request).toBuilder()
                    .setMetadata(metadata)
                    .build()));
    x.reply(streamX, 1, "x");
    call.reply();
  }

  @Test
  void a_forward_to_the_second_service_finds_its_entity_by_key() {
    var entity = entity();
    var target = new Address(Models.service(kind().second()), Stage.newId());
    var sent = Models.request(target.id(), Models.append("z"));
    var call = entity.ask();
    var stream = entity.recovered();
    entity.expectCommand(stream, 1);
    stream.send(kind().reply(Answer.to(1, Actions.forward(target.service(), "Process", sent))));
    var targetStream = function().stream(kind(), target);
    targetStream.expect(kind().recovery(target, List.of()));
    targetStream.expect(kind().command(Models.command(1, kind().second(), target.id(), sent)));
    targetStream.send(kind().reply(Answer.to(1, Actions.reply("z"))));
    assertThat(call.reply()).isEqualTo(response("z"));
  }
}
