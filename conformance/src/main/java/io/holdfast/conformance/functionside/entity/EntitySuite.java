// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.functionside.entity;

import static io.holdfast.conformance.wire.Models.response;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.grpc.Status;
import io.holdfast.conformance.functionside.EntityScript;
import io.holdfast.conformance.functionside.FunctionSideSuite;
import io.holdfast.conformance.model.Request;
import io.holdfast.conformance.wire.Actions;
import io.holdfast.conformance.wire.Answer;
import io.holdfast.conformance.wire.Anys;
import io.holdfast.conformance.wire.Call;
import io.holdfast.conformance.wire.Kind;
import io.holdfast.conformance.wire.Models;
import io.holdfast.conformance.wire.RawBytes;
import io.holdfast.protocol.Command;
import org.junit.jupiter.api.Test;

/**
 * What holds on the stream of an entity of any kind: how it begins, which commands come, how each
 * one ends for its client, and when the stream ends.
 */
public abstract class EntitySuite<I extends Message, O extends Message> extends FunctionSideSuite {

  protected abstract Kind<I, O> kind();

  final EntityScript<I, O> entity() {
    return new EntityScript<>(stage(), kind(), kind().process());
  }

  /** Of the second service, which passivates soon. */
  private EntityScript<I, O> briefEntity() {
    return new EntityScript<>(stage(), kind(), kind().second());
  }

  @Test
  void the_first_message_is_init_once_and_then_come_commands_with_ids_from_1() {
    var entity = entity();
    var first = entity.ask();
    var stream = entity.recovered();
    entity.expectCommand(stream, 1);
    entity.reply(stream, 1, "one");
    assertThat(first.reply()).isEqualTo(response("one"));
    for (int id = 2; id <= 4; id++) {
      var next = entity.ask();
      entity.expectCommand(stream, id);
      entity.reply(stream, id, "more");
      assertThat(next.reply()).isEqualTo(response("more"));
    }
    assertThat(function().furtherStreams(entity.address())).isZero();
  }

  @Test
  void what_was_stored_comes_back_with_the_next_init() {
    var entity = entity();
    var stream = entity.begun();
    entity.append(stream, 2, "b");
    entity.append(stream, 3, "c");
    entity.startOver(stream, 4);
    entity.expectNothingLost();
  }

  @Test
  void the_clients_bytes_go_to_the_function_unchanged_under_the_input_type() {
    var entity = entity();
    // The fields out of order, and one among them that nobody knows.
    ByteString bytes =
        Models.request("", Models.append("x"))
            .toByteString()
            .concat(unknown())
            .concat(entity.request().toByteString());
    var call = Call.unary(stage().clients(), RawBytes.requests(kind().process()), bytes);
    var stream = entity.recovered();
    stream.expect(
        kind()
            .command(
                Command.newBuilder()
                    .setEntityId(entity.id())
                    .setId(1)
                    .setName("Process")
                    .setPayload(Anys.of("holdfast.conformance.model.Request", bytes))
                    .build()));
    entity.reply(stream, 1, "");
    call.reply();
  }

  private static ByteString unknown() {
    var field = UnknownFieldSet.Field.newBuilder().addVarint(7).build();
    return UnknownFieldSet.newBuilder().addField(99, field).build().toByteString();
  }

  @Test
  void a_reply_without_a_client_action_is_an_empty_message_where_empty_is_due() {
    var entity = entity();
    var call = ask(kind().touch(), entity.request());
    var stream = entity.recovered();
    stream.expect(kind().command(Models.command(1, kind().touch(), entity.id(), entity.request())));
    stream.send(kind().reply(Answer.silent(1)));
    assertThat(call.reply()).isEqualTo(Empty.getDefaultInstance());
  }

  @Test
  void a_reply_without_a_client_action_is_unknown_no_reply_where_a_message_is_due() {
    var entity = entity();
    var call = entity.ask();
    var stream = entity.recovered();
    entity.expectCommand(stream, 1);
    stream.send(kind().reply(Answer.silent(1)));
    Status status = call.failure();
    assertThat(status.getCode()).isEqualTo(Status.Code.UNKNOWN);
    assertThat(status.getDescription()).contains("no reply");
    // It is no error of the entity's: the stream goes on.
    var next = entity.ask();
    entity.expectCommand(stream, 2);
    entity.reply(stream, 2, "two");
    assertThat(next.reply()).isEqualTo(response("two"));
  }

  @Test
  void a_failure_is_unknown_with_its_description_and_the_stream_goes_on() {
    var entity = entity();
    var stream = entity.begun();
    var call = entity.ask();
    entity.expectCommand(stream, 2);
    stream.send(kind().reply(Answer.to(2, Actions.fail(2, "not today"))));
    expectFailure(call, Status.Code.UNKNOWN, "not today");
    entity.append(stream, 3, "b");
    entity.startOver(stream, 4);
    entity.expectNothingLost();
  }

  @Test
  void a_failure_with_a_status_code_has_that_code() {
    var entity = entity();
    var stream = entity.begun();
    var call = entity.ask();
    entity.expectCommand(stream, 2);
    var failure =
        Actions.failure(2, "no such thing").toBuilder()
            .setGrpcStatusCode(Status.Code.NOT_FOUND.value());
    stream.send(kind().reply(Answer.to(2, Actions.fail(failure.build()))));
    expectFailure(call, Status.Code.NOT_FOUND, "no such thing");
  }

  @Test
  void a_top_level_failure_with_the_commands_id_fails_it_and_ends_the_stream() {
    var entity = entity();
    var stream = entity.begun();
    entity.startOver(stream, 2);
    stream.expectEnd();
    entity.expectNothingLost();
  }

  @Test
  void a_top_level_failure_with_id_0_fails_what_is_in_flight_and_ends_the_stream() {
    var entity = entity();
    var stream = entity.begun();
    var call = entity.ask();
    entity.expectCommand(stream, 2);
    stream.send(kind().failure(Actions.failure(0, "all is lost")));
    expectFailure(call, Status.Code.UNKNOWN, "all is lost");
    stream.expectEnd();
    entity.expectNothingLost();
  }

  @Test
  void passivation_half_closes_the_stream_and_the_next_command_starts_from_init() {
    var entity = briefEntity();
    var stream = entity.begun();
    stream.expectHalfClose();
    entity.expectNothingLost();
  }

  @Test
  void an_empty_id_is_an_invalid_argument_and_the_function_is_not_asked() {
    var call = ask(kind().process(), Request.getDefaultInstance());
    expectFailure(call, Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void a_reply_of_another_type_is_reported_and_internal_for_the_client() {
    var entity = entity();
    var stream = entity.begun();
    var call = entity.ask();
    entity.expectCommand(stream, 2);
    stream.send(
        kind()
            .reply(
                Answer.to(2, Actions.reply(Anys.of(entity.request())))
                    .after("a")
                    .appending("lost")));
    expectFailure(call, Status.Code.INTERNAL);
    expectReport();
    entity.expectNothingLost();
  }
}
