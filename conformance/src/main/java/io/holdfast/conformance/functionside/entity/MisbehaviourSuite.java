// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.functionside.entity;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.grpc.Status;
import io.holdfast.conformance.functionside.EntityScript;
import io.holdfast.conformance.functionside.FunctionSideSuite;
import io.holdfast.conformance.functionside.ScriptedStream;
import io.holdfast.conformance.model.Request;
import io.holdfast.conformance.model.Response;
import io.holdfast.conformance.wire.Actions;
import io.holdfast.conformance.wire.Answer;
import io.holdfast.conformance.wire.Call;
import io.holdfast.conformance.wire.Kind;
import io.holdfast.conformance.wire.RawBytes;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * A function that breaks the protocol in every way there is. Each time its command fails with a
 * clear status, the function is told, and what is stored is what it was: the next command comes
 * after a recovery with all that was acknowledged and nothing else.
 */
public abstract class MisbehaviourSuite<I extends Message, O extends Message>
    extends FunctionSideSuite {

  private static final int FLOOD = 10_000;

  protected abstract Kind<I, O> kind();

  private EntityScript<I, O> entity() {
    return new EntityScript<>(stage(), kind(), kind().process());
  }

  /** With a command in flight that was to append something. */
  private void whileAsked(
      Consumer<ScriptedStream<I, O>> misbehaviour, Consumer<Call<Request, Response>> expectation) {
    var entity = entity();
    var stream = entity.begun();
    var call = entity.ask();
    entity.expectCommand(stream, 2);
    misbehaviour.accept(stream);
    expectation.accept(call);
    entity.expectNothingLost();
  }

  private void breaks(Consumer<ScriptedStream<I, O>> misbehaviour) {
    whileAsked(
        misbehaviour,
        call -> {
          expectFailure(call, Status.Code.INTERNAL);
          expectReport();
        });
  }

  private O lost(long commandId) {
    return kind().reply(Answer.to(commandId, Actions.reply("lost")).after("a").appending("lost"));
  }

  @Test
  void a_reply_with_an_unknown_id_is_reported_and_internal_for_the_client() {
    breaks(stream -> stream.send(lost(7)));
  }

  @Test
  void a_reply_with_a_repeated_id_is_reported_and_internal_for_the_client() {
    breaks(stream -> stream.send(lost(1)));
  }

  @Test
  void a_failure_with_an_unknown_id_is_reported_and_internal_for_the_client() {
    breaks(stream -> stream.send(kind().failure(Actions.failure(7, "of whom?"))));
  }

  @Test
  void an_empty_message_is_reported_and_internal_for_the_client() {
    breaks(stream -> stream.sendBytes(ByteString.EMPTY));
  }

  @Test
  void bytes_that_are_no_message_are_reported_and_internal_for_the_client() {
    breaks(stream -> stream.sendBytes(RawBytes.GARBAGE));
  }

  @Test
  void a_failure_with_a_change_is_reported_and_nothing_is_stored() {
    whileAsked(
        stream ->
            stream.send(
                kind()
                    .reply(Answer.to(2, Actions.fail(2, "and yet")).after("a").appending("lost"))),
        call -> {
          expectFailure(call, Status.Code.UNKNOWN, "and yet");
          expectReport();
        });
  }

  @Test
  void a_reply_without_a_command_is_reported_and_ends_the_stream() {
    var entity = entity();
    var stream = entity.begun();
    stream.send(lost(1));
    expectReport();
    stream.expectEnd();
    entity.expectNothingLost();
  }

  @Test
  void a_reply_before_any_command_fails_what_waits_and_costs_no_other_entity() {
    var entity = entity();
    var first = entity.ask();
    var stream = entity.recovered();
    entity.expectCommand(stream, 1);
    stream.send(lost(0));
    expectFailure(first, Status.Code.INTERNAL);
    expectReport();
    entity.expectNothingLost();
  }

  @Test
  void a_flood_of_unasked_messages_is_reported_and_costs_no_other_entity() {
    var other = entity();
    var quiet = other.begun();
    var entity = entity();
    var stream = entity.begun();
    for (int i = 0; i < FLOOD; i++) {
      stream.send(lost(1));
    }
    expectReport();
    stream.expectEnd();
    other.append(quiet, 2, "b");
    entity.expectNothingLost();
  }

  @Test
  void a_stream_that_ends_during_a_command_fails_it_as_unavailable() {
    whileAsked(ScriptedStream::complete, call -> expectFailure(call, Status.Code.UNAVAILABLE));
  }

  @Test
  void a_stream_that_breaks_off_during_a_command_fails_it_as_unavailable() {
    whileAsked(
        stream -> stream.end(Status.INTERNAL.withDescription("broken")),
        call -> expectFailure(call, Status.Code.UNAVAILABLE));
  }

  @Test
  void a_stream_that_ends_between_commands_costs_nothing() {
    var entity = entity();
    var stream = entity.begun();
    stream.complete();
    // What another entity says after it on the same connection comes after it.
    entity().begun();
    entity.expectNothingLost();
  }

  @Test
  void a_process_that_dies_during_a_command_fails_it_as_unavailable_and_comes_back() {
    whileAsked(
        stream -> {
          function().down();
          function().up();
          entity().begunOnceReachable();
        },
        call -> expectFailure(call, Status.Code.UNAVAILABLE));
  }
}
