// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.functionside.service;

import static io.holdfast.conformance.wire.Models.response;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.holdfast.conformance.functionside.EntityScript;
import io.holdfast.conformance.functionside.FunctionSideSuite;
import io.holdfast.conformance.functionside.ScriptedStream;
import io.holdfast.conformance.model.ActionModelGrpc;
import io.holdfast.conformance.model.Request;
import io.holdfast.conformance.model.Response;
import io.holdfast.conformance.model.StatelessModelGrpc;
import io.holdfast.conformance.wire.Actions;
import io.holdfast.conformance.wire.Anys;
import io.holdfast.conformance.wire.Call;
import io.holdfast.conformance.wire.EventSourcedKind;
import io.holdfast.conformance.wire.Models;
import io.holdfast.conformance.wire.RawBytes;
import io.holdfast.protocol.Failure;
import io.holdfast.protocol.action.ActionCommand;
import io.holdfast.protocol.action.ActionProtocolGrpc;
import io.holdfast.protocol.action.ActionResponse;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.protocol.eventsourced.EventSourcedStreamOut;
import io.holdfast.protocol.function.FunctionCommand;
import io.holdfast.protocol.function.FunctionReply;
import io.holdfast.protocol.function.StatelessFunctionGrpc;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Actions that take one message and answer with one, and what may go wrong with them. */
public abstract class ActionSuite extends FunctionSideSuite {

  private static final MethodDescriptor<Request, Response> UNARY = ActionModelGrpc.getUnaryMethod();

  private ScriptedStream<ActionCommand, ActionResponse> called() {
    return function().call(ActionProtocolGrpc.getHandleUnaryMethod());
  }

  private static ActionCommand command(MethodDescriptor<Request, ?> method, Request request) {
    return ActionCommand.newBuilder()
        .setServiceName(Models.service(method))
        .setName(Models.name(method))
        .setPayload(Anys.of(request))
        .build();
  }

  private static ActionResponse reply(String text) {
    return ActionResponse.newBuilder().setReply(Actions.reply(text).getReply()).build();
  }

  private static ActionResponse failing(Failure failure) {
    return ActionResponse.newBuilder().setFailure(failure).build();
  }

  @Test
  void a_unary_action_gets_service_name_and_payload_in_one_message() {
    var request = Models.request("any", Models.append("a"));
    var call = ask(UNARY, request);
    var action = called();
    action.expect(command(UNARY, request));
    action.expectHalfClose();
    action.answer(reply("done"));
    assertThat(call.reply()).isEqualTo(response("done"));
  }

  @Test
  void an_action_needs_no_key() {
    var call = ask(UNARY, Request.getDefaultInstance());
    var action = called();
    action.expect(command(UNARY, Request.getDefaultInstance()));
    action.answer(reply("keyless"));
    assertThat(call.reply()).isEqualTo(response("keyless"));
  }

  @Test
  void actions_run_side_by_side_and_end_in_any_order() {
    var first = ask(UNARY, Models.request("first"));
    var firstAction = called();
    var second = ask(UNARY, Models.request("second"));
    var secondAction = called();
    secondAction.answer(reply("2"));
    assertThat(second.reply()).isEqualTo(response("2"));
    assertThat(first.ended()).isNotDone();
    firstAction.answer(reply("1"));
    assertThat(first.reply()).isEqualTo(response("1"));
  }

  @Test
  void a_response_with_nothing_in_it_is_an_empty_message_where_empty_is_due() {
    var call = ask(ActionModelGrpc.getTouchMethod(), Models.request("any"));
    called().answer(ActionResponse.getDefaultInstance());
    assertThat(call.reply()).isEqualTo(Empty.getDefaultInstance());
  }

  @Test
  void a_response_with_nothing_in_it_is_unknown_no_reply_where_a_message_is_due() {
    var call = ask(UNARY, Models.request("any"));
    called().answer(ActionResponse.getDefaultInstance());
    Status status = call.failure();
    assertThat(status.getCode()).isEqualTo(Status.Code.UNKNOWN);
    assertThat(status.getDescription()).contains("no reply");
  }

  @Test
  void an_actions_failure_is_unknown_with_its_description() {
    var call = ask(UNARY, Models.request("any"));
    called().answer(failing(Actions.failure(0, "not today")));
    expectFailure(call, Status.Code.UNKNOWN, "not today");
  }

  @Test
  void an_actions_failure_with_a_status_code_has_that_code() {
    var call = ask(UNARY, Models.request("any"));
    called()
        .answer(
            failing(
                Actions.failure(0, "enough").toBuilder()
                    .setGrpcStatusCode(Status.Code.PERMISSION_DENIED.value())
                    .build()));
    expectFailure(call, Status.Code.PERMISSION_DENIED, "enough");
  }

  @Test
  void a_client_that_goes_away_cancels_the_actions_call() {
    var call = ask(UNARY, Models.request("any"));
    var action = called();
    action.next();
    action.expectHalfClose();
    call.cancel();
    action.expectCancelled();
  }

  private void breaks(Consumer<ScriptedStream<ActionCommand, ActionResponse>> misbehaviour) {
    var call = ask(UNARY, Models.request("any"));
    misbehaviour.accept(called());
    expectFailure(call, Status.Code.INTERNAL);
    expectReport();
  }

  @Test
  void an_actions_reply_of_another_type_is_reported_and_internal_for_the_client() {
    var wrong = Actions.reply(Anys.of(Models.request("no response"))).getReply();
    breaks(action -> action.answer(ActionResponse.newBuilder().setReply(wrong).build()));
  }

  @Test
  void an_actions_bytes_that_are_no_message_are_reported_and_internal_for_the_client() {
    breaks(
        action -> {
          action.sendBytes(RawBytes.GARBAGE);
          action.complete();
        });
  }

  @Test
  void a_unary_action_that_answers_with_nothing_is_reported_and_internal_for_the_client() {
    breaks(ScriptedStream::complete);
  }

  @Test
  void a_unary_action_that_answers_twice_is_reported_and_internal_for_the_client() {
    breaks(
        action -> {
          action.send(reply("one"));
          action.answer(reply("two"));
        });
  }

  @Test
  void an_action_that_breaks_off_fails_its_call_and_no_other() {
    Call<Request, Response> other = ask(UNARY, Models.request("other"));
    var going = called();
    var call = ask(UNARY, Models.request("any"));
    called().end(Status.UNAVAILABLE.withDescription("gone"));
    expectFailure(call, Status.Code.UNAVAILABLE);
    going.answer(reply("still here"));
    assertThat(other.reply()).isEqualTo(response("still here"));
  }

  @Test
  void the_bytes_of_a_client_go_to_the_action_unchanged() {
    ByteString bytes =
        Models.request("", Models.append("x"))
            .toByteString()
            .concat(Models.request("late").toByteString());
    var call = Call.unary(stage().clients(), RawBytes.requests(UNARY), bytes);
    var action = called();
    assertThat(action.next().getPayload())
        .isEqualTo(Anys.of("holdfast.conformance.model.Request", bytes));
    action.answer(reply(""));
    call.reply();
  }

  @Test
  void a_stateless_function_of_older_libraries_is_called_in_its_own_words() {
    var method = StatelessModelGrpc.getUnaryMethod();
    var request = Models.request("any");
    var call = ask(method, request);
    var action = function().call(StatelessFunctionGrpc.getHandleUnaryMethod());
    action.expect(
        FunctionCommand.newBuilder()
            .setServiceName(Models.service(method))
            .setName(Models.name(method))
            .setPayload(Anys.of(request))
            .build());
    action.answer(FunctionReply.newBuilder().setReply(Actions.reply("old").getReply()).build());
    assertThat(call.reply()).isEqualTo(response("old"));
  }

  private EntityScript<EventSourcedStreamIn, EventSourcedStreamOut> entity() {
    var kind = EventSourcedKind.EVENT_SOURCED;
    return new EntityScript<>(stage(), kind, kind.process());
  }

  @Test
  void an_actions_forward_to_an_entity_has_the_entitys_outcome() {
    var target = entity();
    var call = ask(UNARY, Models.request("any"));
    called()
        .answer(
            ActionResponse.newBuilder()
                .setForward(
                    Actions.forward(target.address().service(), "Process", target.request())
                        .getForward())
                .build());
    var stream = target.recovered();
    target.expectCommand(stream, 1);
    target.reply(stream, 1, "of the entity");
    assertThat(call.reply()).isEqualTo(response("of the entity"));
  }

  @Test
  void an_actions_awaited_side_effect_ends_before_its_reply_leaves() {
    var target = entity();
    var call = ask(UNARY, Models.request("any"));
    called()
        .answer(
            reply("done").toBuilder()
                .addSideEffects(
                    Actions.effect(target.address().service(), "Process", target.request(), true))
                .build());
    var stream = target.recovered();
    target.expectCommand(stream, 1);
    assertThat(call.ended()).isNotDone();
    target.reply(stream, 1, "");
    assertThat(call.reply()).isEqualTo(response("done"));
  }

  @Test
  void an_actions_forward_to_something_unknown_is_reported_and_internal_for_the_client() {
    var forward = Actions.forward("model.Missing", "Process", Models.request("x")).getForward();
    breaks(action -> action.answer(ActionResponse.newBuilder().setForward(forward).build()));
  }
}
