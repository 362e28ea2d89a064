// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server.action;

import static io.holdfast.sdk.readings.ReadingsAction.reading;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.holdfast.protocol.Failure;
import io.holdfast.protocol.Metadata;
import io.holdfast.protocol.MetadataEntry;
import io.holdfast.protocol.action.ActionCommand;
import io.holdfast.protocol.action.ActionProtocolGrpc;
import io.holdfast.protocol.action.ActionResponse;
import io.holdfast.sdk.Function;
import io.holdfast.sdk.Mode;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.RunningFunction;
import io.holdfast.sdk.action.Actions;
import io.holdfast.sdk.readings.ReadingsAction;
import io.holdfast.sdk.server.StreamEnd;
import io.holdfast.sdk.testproto.Reading;
import io.holdfast.sdk.testproto.ReadingsGrpc;
import io.holdfast.sdk.testproto.Summary;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Calls of every shape, over loopback, as a proxy makes them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ActionCallTest {

  private static final long WAIT_SECONDS = 20;
  private static final String SERVICE = "holdfast.sdk.test.Readings";

  private RunningFunction function = serve(ReadingsAction.described());
  private ManagedChannel channel = connect();

  @AfterEach
  void stop() {
    channel.shutdownNow();
    function.close();
  }

  @Test
  void a_unary_call_is_answered() {
    assertThat(unary(command("Convert", reading(4)))).isEqualTo(replied(reading(8)));
  }

  @Test
  void a_refusal_is_a_failure_with_its_code() {
    var failure = unary(command("Convert", Reading.getDefaultInstance())).getFailure();
    assertThat(failure).isEqualTo(failure(Status.Code.INVALID_ARGUMENT, "a sensor is needed"));
  }

  @Test
  void a_message_that_cannot_be_read_fails_its_own_call_only() {
    assertThat(unary(unreadable().toBuilder()).getFailure())
        .isEqualTo(failure(Status.Code.INTERNAL, "protocol error: a message that cannot be read"));
    assertThat(unary(command("Convert", reading(4)))).isEqualTo(replied(reading(8)));
  }

  private static ActionCommand unreadable() {
    var torn =
        UnknownFieldSet.Field.newBuilder()
            .addLengthDelimited(ByteString.copyFrom(new byte[] {10, 127, 1}))
            .build();
    return ActionCommand.newBuilder()
        .setUnknownFields(UnknownFieldSet.newBuilder().addField(4, torn).build())
        .build();
  }

  @Test
  void a_message_of_a_stream_that_cannot_be_read_costs_its_own_call_only() {
    var other = streamed();
    other.send(header("Transform"));
    other.send(element(reading(1)));
    assertThat(other.next()).isEqualTo(replied(reading(2)));
    var stream = streamedIn();
    stream.send(header("Sum"));
    stream.send(element(reading(1)));
    stream.send(unreadable());
    stream.halfClose();
    assertThat(stream.next().getFailure())
        .isEqualTo(failure(Status.Code.INTERNAL, "protocol error: a message that cannot be read"));
    assertThat(stream.end()).isEqualTo(Status.OK);
    other.send(element(reading(2)));
    assertThat(other.next()).isEqualTo(replied(reading(3)));
  }

  @Test
  void what_a_client_streams_is_answered_at_its_end() {
    var stream = streamedIn();
    stream.send(header("Sum"));
    stream.send(element(reading(2)));
    stream.send(element(reading(3)));
    stream.halfClose();
    assertThat(stream.next())
        .isEqualTo(replied(Summary.newBuilder().setReadings(2).setDegrees(5).build()));
    assertThat(stream.end()).isEqualTo(Status.OK);
  }

  @Test
  void a_client_that_streams_nothing_is_answered_too() {
    var stream = streamedIn();
    stream.send(header("Sum"));
    stream.halfClose();
    assertThat(stream.next()).isEqualTo(replied(Summary.getDefaultInstance()));
  }

  @Test
  void an_answer_may_come_before_the_clients_end() {
    restart(
        ReadingsAction.except("Sum")
            .onStreamedIn(
                ReadingsGrpc.getSumMethod(),
                (action, readings) ->
                    CompletableFuture.completedFuture(action.reply(Summary.getDefaultInstance()))));
    var stream = streamedIn();
    stream.send(header("Sum"));
    assertThat(stream.next()).isEqualTo(replied(Summary.getDefaultInstance()));
    assertThat(stream.end()).isEqualTo(Status.OK);
  }

  @Test
  void a_handler_streams_to_the_client() {
    var stream = streamedOut(command("CountDown", reading(3)));
    assertThat(stream.next()).isEqualTo(replied(reading(2)));
    assertThat(stream.next()).isEqualTo(replied(reading(1)));
    assertThat(stream.next()).isEqualTo(replied(reading(0)));
    assertThat(stream.end()).isEqualTo(Status.OK);
  }

  @Test
  void each_message_is_answered_as_it_comes() {
    var stream = streamed();
    stream.send(header("Transform"));
    stream.send(element(reading(1)));
    assertThat(stream.next()).isEqualTo(replied(reading(2)));
    stream.send(element(reading(13)));
    var forward = stream.next().getForward();
    assertThat(forward.getServiceName()).isEqualTo(SERVICE);
    assertThat(forward.getCommandName()).isEqualTo("Convert");
    assertThat(forward.getPayload()).isEqualTo(Any.pack(reading(13)));
    stream.halfClose();
    assertThat(stream.end()).isEqualTo(Status.OK);
  }

  @Test
  void a_refusal_ends_the_stream() {
    var stream = streamed();
    stream.send(header("Transform"));
    stream.send(element(reading(-1)));
    assertThat(stream.next().getFailure())
        .isEqualTo(failure(Status.Code.OUT_OF_RANGE, "too cold for Transform"));
    assertThat(stream.end()).isEqualTo(Status.OK);
  }

  @Test
  void an_element_that_is_skipped_is_no_message_unless_it_has_side_effects() {
    restart(
        ReadingsAction.except("Transform")
            .onEach(
                ReadingsGrpc.getTransformMethod(),
                (action, reading) ->
                    reading.getDegrees() == 0
                        ? action.skip()
                        : action
                            .<Reading>skip()
                            .andAwait(ReadingsGrpc.getConvertMethod(), reading)));
    var stream = streamed();
    stream.send(header("Transform"));
    stream.send(element(reading(0)));
    stream.send(element(reading(5)));
    var response = stream.next();
    assertThat(response.getResponseCase()).isEqualTo(ActionResponse.ResponseCase.RESPONSE_NOT_SET);
    assertThat(response.getSideEffectsList())
        .singleElement()
        .satisfies(
            effect -> {
              assertThat(effect.getCommandName()).isEqualTo("Convert");
              assertThat(effect.getSynchronous()).isTrue();
            });
  }

  @Test
  void a_handler_sees_the_headers_and_how_long_the_client_waits() {
    restart(
        ReadingsAction.except("Convert")
            .on(
                ReadingsGrpc.getConvertMethod(),
                (action, reading, context) ->
                    action.reply(
                        Reading.newBuilder()
                            .setSensor(context.metadata().text("x-sensor").orElse("none"))
                            .setDegrees((int) context.timeLeft().orElseThrow().toMinutes())
                            .build())));
    var headers =
        Metadata.newBuilder()
            .addEntries(MetadataEntry.newBuilder().setKey("x-sensor").setStringValue("s9"));
    var reply =
        ActionProtocolGrpc.newBlockingStub(channel)
            .withDeadlineAfter(10, TimeUnit.HOURS)
            .handleUnary(command("Convert", reading(1)).setMetadata(headers).build());
    assertThat(reply.getReply().getPayload())
        .isEqualTo(Any.pack(Reading.newBuilder().setSensor("s9").setDegrees(599).build()));
  }

  @Test
  void a_unary_call_cannot_be_skipped() {
    restart(
        ReadingsAction.except("Convert")
            .on(ReadingsGrpc.getConvertMethod(), (action, reading) -> action.skip()));
    assertThat(unary(command("Convert", reading(1))).getFailure().getDescription())
        .endsWith("rpc Convert needs an answer: skip() is for such as stream theirs");
  }

  @Test
  void calls_are_carried_out_at_the_same_time() throws Exception {
    var both = new CountDownLatch(2);
    restart(
        ReadingsAction.except("Convert")
            .on(
                ReadingsGrpc.getConvertMethod(),
                (action, reading) -> {
                  both.countDown();
                  await(both);
                  return action.reply(reading);
                }));
    var one = CompletableFuture.supplyAsync(() -> unary(command("Convert", reading(1))));
    assertThat(unary(command("Convert", reading(2)))).isEqualTo(replied(reading(2)));
    assertThat(one.get(WAIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(replied(reading(1)));
  }

  @Test
  void handlers_that_never_block_run_on_the_networks_thread() {
    restart(
        ReadingsAction.except("Convert")
            .on(
                ReadingsGrpc.getConvertMethod(),
                (action, reading) ->
                    action.reply(
                        Reading.newBuilder().setSensor(Thread.currentThread().getName()).build()))
            .handlersNeverBlock());
    var reply = unary(command("Convert", reading(1))).getReply().getPayload();
    assertThat(reply.getValue().toStringUtf8()).contains("grpc-");
  }

  @Test
  void a_handler_that_waits_learns_that_the_client_has_gone() throws Exception {
    var begun = new CountDownLatch(1);
    var gone = new CountDownLatch(1);
    var seen = new CompletableFuture<Boolean>();
    restart(
        ReadingsAction.except("Convert")
            .on(
                ReadingsGrpc.getConvertMethod(),
                (action, reading, context) -> {
                  context.onCancel(gone::countDown);
                  begun.countDown();
                  await(gone);
                  seen.complete(context.isCancelled());
                  return action.reply(reading);
                }));
    var call =
        ActionProtocolGrpc.newFutureStub(channel)
            .handleUnary(command("Convert", reading(1)).build());
    await(begun);
    call.cancel(true);
    assertThat(seen.get(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_handler_learns_that_the_client_has_gone() throws Exception {
    var begun = new CountDownLatch(1);
    var gone = new CountDownLatch(1);
    restart(
        ReadingsAction.except("CountDown")
            .onStreamedOut(
                ReadingsGrpc.getCountDownMethod(),
                (action, reading, context) -> {
                  context.onCancel(gone::countDown);
                  begun.countDown();
                  return (Flow.Publisher<ReadOnlyEffect<Reading>>) subscriber -> {};
                }));
    var stream = streamedOut(command("CountDown", reading(1)));
    await(begun);
    channel.shutdownNow();
    await(gone);
    assertThat(stream.end().isOk()).isFalse();
  }

  @Test
  void a_handler_learns_that_the_clients_time_is_up() throws Exception {
    var gone = new CountDownLatch(1);
    restart(
        ReadingsAction.except("Sum")
            .onStreamedIn(
                ReadingsGrpc.getSumMethod(),
                (action, readings, context) -> {
                  context.onCancel(gone::countDown);
                  return new CompletableFuture<>();
                }));
    var stream = new StreamEnd<ActionCommand, ActionResponse>();
    stream.start(
        ActionProtocolGrpc.newStub(channel)
            .withDeadlineAfter(300, TimeUnit.MILLISECONDS)
            .handleStreamedIn(stream.answers()));
    stream.send(header("Sum"));
    await(gone);
    assertThat(stream.end().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
  }

  @Test
  void a_stream_that_fails_tells_the_subscriber() {
    var told = new CompletableFuture<Throwable>();
    restart(
        ReadingsAction.except("Sum")
            .onStreamedIn(
                ReadingsGrpc.getSumMethod(),
                (action, readings) -> {
                  var sum = action.sum(readings).toCompletableFuture();
                  return sum.whenComplete((summary, failure) -> told.complete(failure));
                }));
    var stream = streamedIn();
    stream.send(header("Sum"));
    stream.send(ActionCommand.getDefaultInstance());
    assertThat(stream.next().getFailure())
        .isEqualTo(failure(Status.Code.INTERNAL, "protocol error: a message without payload"));
    assertThat(told).succeedsWithin(Duration.ofSeconds(WAIT_SECONDS)).isNotNull();
  }

  @Test
  void an_exception_fails_the_call_and_the_function_lives_on() {
    restart(
        ReadingsAction.except("Convert")
            .on(
                ReadingsGrpc.getConvertMethod(),
                (action, reading) -> {
                  if (reading.getDegrees() == 0) {
                    throw new IllegalStateException("frozen");
                  }
                  return action.reply(reading);
                }));
    assertThat(unary(command("Convert", reading(0))).getFailure())
        .isEqualTo(failure(Status.Code.INTERNAL, "java.lang.IllegalStateException: frozen"));
    assertThat(unary(command("Convert", reading(1)))).isEqualTo(replied(reading(1)));
  }

  @Test
  void an_exception_in_a_stream_ends_it_after_what_was_sent() {
    restart(
        ReadingsAction.except("Transform")
            .onEach(
                ReadingsGrpc.getTransformMethod(),
                (action, reading) -> {
                  if (reading.getDegrees() == 0) {
                    throw new IllegalStateException("frozen");
                  }
                  return action.reply(reading);
                }));
    var stream = streamed();
    stream.send(header("Transform"));
    stream.send(element(reading(1)));
    stream.send(element(reading(0)));
    assertThat(stream.next()).isEqualTo(replied(reading(1)));
    assertThat(stream.next().getFailure())
        .isEqualTo(failure(Status.Code.INTERNAL, "java.lang.IllegalStateException: frozen"));
    assertThat(stream.end()).isEqualTo(Status.OK);
  }

  @Test
  void what_the_function_does_not_serve_is_refused() {
    assertThat(unary(ActionCommand.newBuilder().setServiceName("no.Such")).getFailure())
        .isEqualTo(
            failure(
                Status.Code.INTERNAL,
                "protocol error: this function has no action of service no.Such"));
    assertThat(unary(command("Nope", reading(1))).getFailure())
        .isEqualTo(failure(Status.Code.UNIMPLEMENTED, SERVICE + " has no rpc Nope that is UNARY"));
    assertThat(unary(command("Sum", reading(1))).getFailure())
        .isEqualTo(failure(Status.Code.UNIMPLEMENTED, SERVICE + " has no rpc Sum that is UNARY"));
  }

  @Test
  void messages_that_do_not_fit_are_refused() {
    assertThat(unary(command("Convert", Summary.getDefaultInstance())).getFailure())
        .isEqualTo(
            failure(
                Status.Code.INTERNAL,
                "Convert takes type.googleapis.com/holdfast.sdk.test.Reading but got type.googleapis.com/holdfast.sdk.test.Summary"));
    assertThat(unary(header("Convert").toBuilder()).getFailure())
        .isEqualTo(failure(Status.Code.INTERNAL, "protocol error: a command without payload"));
    var torn = Any.pack(reading(1)).toBuilder().setValue(ByteString.copyFromUtf8("\n")).build();
    assertThat(unary(header("Convert").toBuilder().setPayload(torn)).getFailure())
        .satisfies(
            failure -> {
              assertThat(failure.getGrpcStatusCode())
                  .isEqualTo(Status.Code.INVALID_ARGUMENT.value());
              assertThat(failure.getDescription())
                  .startsWith("the message of Convert is malformed");
            });
  }

  @Test
  void a_payload_in_the_first_message_of_a_stream_is_refused() {
    var stream = streamed();
    stream.send(command("Transform", reading(1)).build());
    assertThat(stream.next().getFailure())
        .isEqualTo(failure(Status.Code.INTERNAL, "protocol error: a payload in the first message"));
    assertThat(stream.end()).isEqualTo(Status.OK);
  }

  @Test
  void a_message_of_the_wrong_type_ends_the_stream() {
    var stream = streamed();
    stream.send(header("Transform"));
    stream.send(element(Summary.getDefaultInstance()));
    assertThat(stream.next().getFailure().getDescription()).contains("Transform takes");
    assertThat(stream.end()).isEqualTo(Status.OK);
  }

  private static RunningFunction serve(Actions<?> actions) {
    return Function.of(actions).port(0).mode(Mode.DEVELOPMENT).start();
  }

  private ManagedChannel connect() {
    return ManagedChannelBuilder.forAddress("127.0.0.1", function.port()).usePlaintext().build();
  }

  private void restart(Actions<?> actions) {
    stop();
    function = serve(actions);
    channel = connect();
  }

  private ActionResponse unary(ActionCommand.Builder command) {
    return ActionProtocolGrpc.newBlockingStub(channel)
        .withDeadlineAfter(WAIT_SECONDS, TimeUnit.SECONDS)
        .handleUnary(command.build());
  }

  private StreamEnd<ActionCommand, ActionResponse> streamedIn() {
    var stream = new StreamEnd<ActionCommand, ActionResponse>();
    stream.start(ActionProtocolGrpc.newStub(channel).handleStreamedIn(stream.answers()));
    return stream;
  }

  private StreamEnd<ActionCommand, ActionResponse> streamed() {
    var stream = new StreamEnd<ActionCommand, ActionResponse>();
    stream.start(ActionProtocolGrpc.newStub(channel).handleStreamed(stream.answers()));
    return stream;
  }

  private StreamEnd<ActionCommand, ActionResponse> streamedOut(ActionCommand.Builder command) {
    var stream = new StreamEnd<ActionCommand, ActionResponse>();
    ActionProtocolGrpc.newStub(channel).handleStreamedOut(command.build(), stream.answers());
    return stream;
  }

  private static ActionCommand header(String rpc) {
    return ActionCommand.newBuilder().setServiceName(SERVICE).setName(rpc).build();
  }

  private static ActionCommand element(Message message) {
    return ActionCommand.newBuilder().setPayload(Any.pack(message)).build();
  }

  private static ActionCommand.Builder command(String rpc, Message message) {
    return header(rpc).toBuilder().setPayload(Any.pack(message));
  }

  private static ActionResponse replied(Message message) {
    return ActionResponse.newBuilder()
        .setReply(io.holdfast.protocol.Reply.newBuilder().setPayload(Any.pack(message)))
        .build();
  }

  private static Failure failure(Status.Code code, String description) {
    return Failure.newBuilder().setGrpcStatusCode(code.value()).setDescription(description).build();
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
  }
}
