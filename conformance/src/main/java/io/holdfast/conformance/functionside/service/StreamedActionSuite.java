// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.functionside.service;

import static io.holdfast.conformance.wire.Models.append;
import static io.holdfast.conformance.wire.Models.response;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.holdfast.conformance.functionside.EntityScript;
import io.holdfast.conformance.functionside.FunctionSideSuite;
import io.holdfast.conformance.functionside.Headers;
import io.holdfast.conformance.functionside.ScriptedStream;
import io.holdfast.conformance.model.Request;
import io.holdfast.conformance.model.Response;
import io.holdfast.conformance.model.StreamedActionModelGrpc;
import io.holdfast.conformance.wire.Actions;
import io.holdfast.conformance.wire.Anys;
import io.holdfast.conformance.wire.Call;
import io.holdfast.conformance.wire.EventSourcedKind;
import io.holdfast.conformance.wire.Models;
import io.holdfast.conformance.wire.RawBytes;
import io.holdfast.protocol.action.ActionCommand;
import io.holdfast.protocol.action.ActionProtocolGrpc;
import io.holdfast.protocol.action.ActionResponse;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Actions that stream: how each message, half-close, close and cancellation passes through. */
public abstract class StreamedActionSuite extends FunctionSideSuite {

  private static final MethodDescriptor<Request, Response> IN =
      StreamedActionModelGrpc.getStreamedInMethod();
  private static final MethodDescriptor<Request, Response> OUT =
      StreamedActionModelGrpc.getStreamedOutMethod();
  private static final MethodDescriptor<Request, Response> BOTH =
      StreamedActionModelGrpc.getStreamedMethod();

  private ScriptedStream<ActionCommand, ActionResponse> calledIn() {
    return function().call(ActionProtocolGrpc.getHandleStreamedInMethod());
  }

  private ScriptedStream<ActionCommand, ActionResponse> calledOut() {
    return function().call(ActionProtocolGrpc.getHandleStreamedOutMethod());
  }

  private ScriptedStream<ActionCommand, ActionResponse> calledBoth() {
    return function().call(ActionProtocolGrpc.getHandleStreamedMethod());
  }

  private Call<Request, Response> open(MethodDescriptor<Request, Response> method) {
    return Call.open(stage().clients(), method);
  }

  private static ActionCommand head(MethodDescriptor<?, ?> method) {
    return ActionCommand.newBuilder()
        .setServiceName(Models.service(method))
        .setName(Models.name(method))
        .build();
  }

  private static ActionCommand element(Message message) {
    return ActionCommand.newBuilder().setPayload(Anys.of(message)).build();
  }

  private static ActionResponse reply(String text) {
    return ActionResponse.newBuilder().setReply(Actions.reply(text).getReply()).build();
  }

  private static ActionResponse failing(String description) {
    return ActionResponse.newBuilder().setFailure(Actions.failure(0, description)).build();
  }

  @Test
  void a_streamed_out_action_gets_one_whole_command_and_each_reply_passes_as_it_comes() {
    var request = Models.request("any", append("a"));
    var call = ask(OUT, request);
    var action = calledOut();
    action.expect(head(OUT).toBuilder().setPayload(Anys.of(request)).build());
    action.expectHalfClose();
    action.send(reply("1"));
    assertThat(call.next()).isEqualTo(response("1"));
    action.send(reply("2"));
    assertThat(call.next()).isEqualTo(response("2"));
    action.complete();
    assertThat(call.end().isOk()).isTrue();
  }

  @Test
  void a_streamed_out_action_may_end_without_a_reply() {
    var call = ask(OUT, Models.request("any"));
    calledOut().complete();
    assertThat(call.end().isOk()).isTrue();
    assertThat(call.rest()).isEmpty();
  }

  @Test
  void a_forwards_outcome_takes_the_place_of_its_element() {
    var kind = EventSourcedKind.EVENT_SOURCED;
    var target = new EntityScript<>(stage(), kind, kind.process());
    var call = ask(OUT, Models.request("any"));
    var action = calledOut();
    action.send(reply("1"));
    action.send(
        ActionResponse.newBuilder()
            .setForward(
                Actions.forward(target.address().service(), "Process", target.request())
                    .getForward())
            .build());
    action.send(reply("3"));
    action.complete();
    var stream = target.recovered();
    target.expectCommand(stream, 1);
    target.reply(stream, 1, "2");
    assertThat(call.next()).isEqualTo(response("1"));
    assertThat(call.next()).isEqualTo(response("2"));
    assertThat(call.next()).isEqualTo(response("3"));
    assertThat(call.end().isOk()).isTrue();
  }

  @Test
  void a_failure_ends_the_clients_stream_after_what_came_before_it() {
    var call = ask(OUT, Models.request("any"));
    var action = calledOut();
    action.send(reply("1"));
    action.send(failing("no more"));
    assertThat(call.next()).isEqualTo(response("1"));
    expectFailure(call, Status.Code.UNKNOWN, "no more");
    action.complete();
  }

  @Test
  void a_client_that_goes_away_cancels_a_streamed_out_action() {
    var call = ask(OUT, Models.request("any"));
    var action = calledOut();
    action.expectHalfClose();
    action.send(reply("1"));
    call.next();
    call.cancel();
    action.expectCancelled();
  }

  @Test
  void a_streamed_out_action_that_breaks_off_ends_the_clients_stream_with_an_error() {
    var call = ask(OUT, Models.request("any"));
    var action = calledOut();
    action.send(reply("1"));
    assertThat(call.next()).isEqualTo(response("1"));
    action.end(Status.UNAVAILABLE.withDescription("gone"));
    expectFailure(call, Status.Code.UNAVAILABLE);
  }

  private void breaksOut(Consumer<ScriptedStream<ActionCommand, ActionResponse>> misbehaviour) {
    var call = ask(OUT, Models.request("any"));
    var action = calledOut();
    action.send(reply("1"));
    assertThat(call.next()).isEqualTo(response("1"));
    misbehaviour.accept(action);
    expectFailure(call, Status.Code.INTERNAL);
    expectReport();
    action.complete();
  }

  @Test
  void an_element_of_another_type_is_reported_and_ends_the_clients_stream() {
    var wrong = Actions.reply(Anys.of(Models.request("no response"))).getReply();
    breaksOut(action -> action.send(ActionResponse.newBuilder().setReply(wrong).build()));
  }

  @Test
  void an_element_that_is_no_message_is_reported_and_ends_the_clients_stream() {
    breaksOut(action -> action.sendBytes(RawBytes.GARBAGE));
  }

  @Test
  void an_element_that_forwards_to_something_unknown_is_reported_and_ends_the_clients_stream() {
    var forward = Actions.forward("model.Missing", "Process", Models.request("x")).getForward();
    breaksOut(action -> action.send(ActionResponse.newBuilder().setForward(forward).build()));
  }

  @Test
  void a_streamed_in_action_gets_a_head_without_payload_and_then_payloads_alone() {
    var headers = new io.grpc.Metadata();
    headers.put(Headers.text("x-color"), "red");
    var call = Call.open(stage().clients(), IN, headers);
    var one = Models.request("one");
    call.send(one);
    var action = calledIn();
    action.expect(
        head(IN).toBuilder().setMetadata(Headers.metadata("x-color", "red")).build(), element(one));
    var two = Models.request("two", append("b"));
    call.send(two);
    action.expect(element(two));
    call.halfClose();
    action.expectHalfClose();
    action.answer(reply("both"));
    assertThat(call.reply()).isEqualTo(response("both"));
    action.expectNoMore();
  }

  @Test
  void a_streamed_in_action_of_no_elements_gets_its_head_and_a_half_close() {
    var call = open(IN);
    call.halfClose();
    var action = calledIn();
    action.expect(head(IN));
    action.expectHalfClose();
    action.answer(reply("none"));
    assertThat(call.reply()).isEqualTo(response("none"));
  }

  @Test
  void a_streamed_in_action_may_answer_before_the_client_has_said_all() {
    var call = open(IN);
    call.send(Models.request("one"));
    var action = calledIn();
    action.expect(head(IN), element(Models.request("one")));
    action.answer(reply("enough"));
    assertThat(call.reply()).isEqualTo(response("enough"));
  }

  @Test
  void a_client_that_goes_away_cancels_a_streamed_in_action() {
    var call = open(IN);
    call.send(Models.request("one"));
    var action = calledIn();
    action.expect(head(IN), element(Models.request("one")));
    call.cancel();
    action.expectCancelled();
  }

  @Test
  void a_streamed_in_action_that_fails_fails_its_call() {
    var call = open(IN);
    call.halfClose();
    calledIn().answer(failing("not today"));
    expectFailure(call, Status.Code.UNKNOWN, "not today");
  }

  @Test
  void a_streamed_in_action_that_answers_twice_is_reported_and_internal_for_the_client() {
    var call = open(IN);
    call.halfClose();
    var action = calledIn();
    action.send(reply("one"));
    action.answer(reply("two"));
    expectFailure(call, Status.Code.INTERNAL);
    expectReport();
  }

  @Test
  void an_action_that_streams_both_ways_passes_messages_as_they_come() {
    var call = open(BOTH);
    call.send(Models.request("one"));
    var action = calledBoth();
    action.expect(head(BOTH), element(Models.request("one")));
    action.send(reply("1"));
    assertThat(call.next()).isEqualTo(response("1"));
    call.send(Models.request("two"));
    action.expect(element(Models.request("two")));
    action.send(reply("2"));
    assertThat(call.next()).isEqualTo(response("2"));
    call.halfClose();
    action.expectHalfClose();
    action.send(reply("and one more"));
    assertThat(call.next()).isEqualTo(response("and one more"));
    action.complete();
    assertThat(call.end().isOk()).isTrue();
  }

  @Test
  void an_action_that_streams_both_ways_may_end_before_its_client_does() {
    var call = open(BOTH);
    var action = calledBoth();
    action.expect(head(BOTH));
    action.answer(reply("bye"));
    assertThat(call.next()).isEqualTo(response("bye"));
    assertThat(call.end().isOk()).isTrue();
  }

  @Test
  void a_client_that_goes_away_cancels_an_action_that_streams_both_ways() {
    var call = open(BOTH);
    var action = calledBoth();
    action.expect(head(BOTH));
    call.cancel();
    action.expectCancelled();
  }

  @Test
  void the_first_replys_metadata_goes_out_as_headers_of_the_stream() {
    var call = ask(OUT, Models.request("any"));
    var action = calledOut();
    action.send(
        ActionResponse.newBuilder()
            .setReply(Actions.reply("1", Headers.metadata("x-color", "red")).getReply())
            .build());
    assertThat(call.next()).isEqualTo(response("1"));
    assertThat(call.headers().get(Headers.text("x-color"))).isEqualTo("red");
    action.complete();
    assertThat(call.end().isOk()).isTrue();
  }
}
