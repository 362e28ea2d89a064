// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.proxyside;

import static io.holdfast.conformance.wire.Models.append;
import static io.holdfast.conformance.wire.Models.name;
import static io.holdfast.conformance.wire.Models.request;
import static io.holdfast.conformance.wire.Models.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.holdfast.conformance.model.ActionModelGrpc;
import io.holdfast.conformance.model.Onward;
import io.holdfast.conformance.model.Request;
import io.holdfast.conformance.model.Step;
import io.holdfast.conformance.model.StreamedActionModelGrpc;
import io.holdfast.conformance.wire.Actions;
import io.holdfast.conformance.wire.Anys;
import io.holdfast.conformance.wire.Call;
import io.holdfast.conformance.wire.Models;
import io.holdfast.conformance.wire.RawBytes;
import io.holdfast.protocol.Metadata;
import io.holdfast.protocol.MetadataEntry;
import io.holdfast.protocol.action.ActionCommand;
import io.holdfast.protocol.action.ActionProtocolGrpc;
import io.holdfast.protocol.action.ActionResponse;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What a function must answer when one of its actions is called, in each of the four ways. */
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class ActionFunctionSuite {

  private static final MethodDescriptor<Request, ?> UNARY = ActionModelGrpc.getUnaryMethod();

  /** Leads to the function. */
  protected abstract Channel function();

  private Call<ActionCommand, ActionResponse> unary(ActionCommand command) {
    return Call.unary(function(), ActionProtocolGrpc.getHandleUnaryMethod(), command);
  }

  private static ActionCommand command(MethodDescriptor<?, ?> method, Step... steps) {
    return head(method).toBuilder().setPayload(Anys.of(request("any", steps))).build();
  }

  private static ActionCommand head(MethodDescriptor<?, ?> method) {
    return ActionCommand.newBuilder().setServiceName(service(method)).setName(name(method)).build();
  }

  private static ActionCommand element(Step... steps) {
    return ActionCommand.newBuilder().setPayload(Anys.of(request("any", steps))).build();
  }

  private static ActionResponse reply(String text) {
    return ActionResponse.newBuilder().setReply(Actions.reply(text).getReply()).build();
  }

  private static ActionResponse forward(String text) {
    return ActionResponse.newBuilder()
        .setForward(
            Actions.forward(service(UNARY), name(UNARY), request("second", append(text)))
                .getForward())
        .build();
  }

  private static Step failing(String description) {
    return Step.newBuilder().setFail(description).build();
  }

  private static Step forwarding(String text) {
    return Step.newBuilder()
        .setForward(Onward.newBuilder().setId("second").setAppend(text))
        .build();
  }

  private static void fails(ActionResponse response, String description) {
    assertThat(response.getFailure().getDescription()).isEqualTo(description);
    assertThat(response.getSideEffectsCount()).isZero();
  }

  /** By a failure that says why, or by an error of the call. */
  private void refused(ActionCommand command) {
    refused(unary(command));
  }

  private void refused(Call<?, ActionResponse> call) {
    var status = call.end();
    var responses = call.rest();
    if (status.isOk()) {
      assertThat(responses).hasSize(1);
      assertThat(responses.get(0).getFailure().getDescription()).isNotBlank();
    } else {
      assertThat(responses).isEmpty();
    }
    assertThat(unary(command(UNARY, append("next"))).reply()).isEqualTo(reply("next"));
  }

  @Test
  void a_unary_action_replies() {
    assertThat(unary(command(UNARY, append("a"), append("b"))).reply()).isEqualTo(reply("ab"));
  }

  @Test
  void an_action_that_fails_says_why() {
    fails(unary(command(UNARY, failing("not today"))).reply(), "not today");
  }

  @Test
  void an_action_that_throws_fails_and_others_go_on() {
    refused(command(UNARY, Step.newBuilder().setCrash("out of ideas").build()));
  }

  @Test
  void an_action_forwards() {
    assertThat(unary(command(UNARY, forwarding("x"))).reply()).isEqualTo(forward("x"));
  }

  @Test
  void an_actions_side_effects_come_in_their_order_and_say_whether_they_are_waited_for() {
    var first = Onward.newBuilder().setId("second").setAppend("x").setAwaited(true);
    var second = Onward.newBuilder().setId("second").setAppend("y");
    var call =
        unary(
            command(
                UNARY,
                append("a"),
                Step.newBuilder().setEffect(first).build(),
                Step.newBuilder().setEffect(second).build()));
    assertThat(call.reply())
        .isEqualTo(
            reply("a").toBuilder()
                .addSideEffects(
                    Actions.effect(
                        service(UNARY), name(UNARY), request("second", append("x")), true))
                .addSideEffects(
                    Actions.effect(
                        service(UNARY), name(UNARY), request("second", append("y")), false))
                .build());
  }

  @Test
  void the_clients_headers_reach_the_action() {
    var metadata =
        Metadata.newBuilder()
            .addEntries(MetadataEntry.newBuilder().setKey("x-color").setStringValue("red"));
    var command = command(UNARY, Step.newBuilder().setShowHeader("x-color").build());
    assertThat(unary(command.toBuilder().setMetadata(metadata).build()).reply())
        .isEqualTo(reply("red"));
  }

  @Test
  void an_action_of_an_unknown_service_is_refused() {
    refused(command(UNARY).toBuilder().setServiceName("model.Missing").build());
  }

  @Test
  void an_unknown_action_is_refused() {
    refused(command(UNARY).toBuilder().setName("Missing").build());
  }

  @Test
  void an_actions_payload_that_is_no_protobuf_is_refused() {
    var garbage = Anys.of("holdfast.conformance.model.Request", RawBytes.GARBAGE);
    refused(command(UNARY).toBuilder().setPayload(garbage).build());
  }

  @Test
  void an_actions_payload_of_another_type_is_refused() {
    refused(command(UNARY).toBuilder().setPayload(Anys.of(Models.response("no request"))).build());
  }

  @Test
  void a_command_that_is_no_message_is_refused() {
    refused(
        Call.unary(
            function(),
            RawBytes.requests(ActionProtocolGrpc.getHandleUnaryMethod()),
            RawBytes.GARBAGE));
  }

  @Test
  void a_streamed_action_is_not_called_as_a_unary_one() {
    refused(command(StreamedActionModelGrpc.getStreamedOutMethod(), append("a")));
  }

  private Call<ActionCommand, ActionResponse> streamedIn() {
    return Call.open(function(), ActionProtocolGrpc.getHandleStreamedInMethod());
  }

  @Test
  void a_streamed_in_action_answers_once_when_it_has_got_all() {
    var call = streamedIn();
    call.send(head(StreamedActionModelGrpc.getStreamedInMethod()));
    call.send(element(append("a")));
    call.send(element(append("b")));
    call.halfClose();
    assertThat(call.reply()).isEqualTo(reply("ab"));
    assertThat(call.rest()).isEmpty();
  }

  @Test
  void a_streamed_in_action_may_get_nothing() {
    var call = streamedIn();
    call.send(head(StreamedActionModelGrpc.getStreamedInMethod()));
    call.halfClose();
    assertThat(call.reply()).isEqualTo(reply(""));
  }

  @Test
  void a_streamed_in_action_that_never_began_is_refused() {
    var call = streamedIn();
    call.halfClose();
    refused(call);
  }

  @Test
  void an_element_that_is_no_message_is_refused() {
    var call =
        Call.open(function(), RawBytes.requests(ActionProtocolGrpc.getHandleStreamedInMethod()));
    call.send(head(StreamedActionModelGrpc.getStreamedInMethod()).toByteString());
    call.send(RawBytes.GARBAGE);
    call.halfClose();
    refused(call);
  }

  @Test
  void an_element_of_another_type_is_refused() {
    var call = streamedIn();
    call.send(head(StreamedActionModelGrpc.getStreamedInMethod()));
    call.send(
        ActionCommand.newBuilder().setPayload(Anys.of(Models.response("no request"))).build());
    refused(call);
    call.cancel();
  }

  private Call<ActionCommand, ActionResponse> streamedOut(Step... steps) {
    return Call.unary(
        function(),
        ActionProtocolGrpc.getHandleStreamedOutMethod(),
        command(StreamedActionModelGrpc.getStreamedOutMethod(), steps));
  }

  private static void expect(
      Call<ActionCommand, ActionResponse> call, ActionResponse... responses) {
    for (ActionResponse response : responses) {
      assertThat(call.next()).isEqualTo(response);
    }
    assertThat(call.end().isOk()).isTrue();
    assertThat(call.rest()).isEmpty();
  }

  @Test
  void a_streamed_out_action_answers_as_often_as_it_likes() {
    expect(streamedOut(append("a"), append("b"), append("c")), reply("a"), reply("b"), reply("c"));
    expect(streamedOut());
  }

  @Test
  void an_element_of_a_streamed_answer_may_be_a_forward() {
    expect(
        streamedOut(append("a"), forwarding("x"), append("c")),
        reply("a"),
        forward("x"),
        reply("c"));
  }

  @Test
  void an_element_of_a_streamed_answer_may_be_a_failure() {
    var call = streamedOut(append("a"), failing("no more"));
    assertThat(call.next()).isEqualTo(reply("a"));
    fails(call.next(), "no more");
    call.cancel();
  }

  @Test
  void an_action_that_streams_both_ways_answers_while_it_listens() {
    var call = Call.open(function(), ActionProtocolGrpc.getHandleStreamedMethod());
    call.send(head(StreamedActionModelGrpc.getStreamedMethod()));
    call.send(element(append("a")));
    assertThat(call.next()).isEqualTo(reply("a"));
    call.send(element(append("b"), append("c")));
    assertThat(call.next()).isEqualTo(reply("bc"));
    call.halfClose();
    assertThat(call.end().isOk()).isTrue();
    assertThat(call.rest()).isEmpty();
  }

  @Test
  void a_caller_that_goes_away_costs_no_other() {
    var call = Call.open(function(), ActionProtocolGrpc.getHandleStreamedMethod());
    call.send(head(StreamedActionModelGrpc.getStreamedMethod()));
    call.send(element(append("a")));
    call.next();
    call.cancel();
    assertThat(unary(command(UNARY, append("next"))).reply()).isEqualTo(reply("next"));
  }
}
