// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.functionside.entity;

import static io.holdfast.conformance.wire.Models.response;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.holdfast.conformance.wire.Actions;
import io.holdfast.conformance.wire.Answer;
import io.holdfast.protocol.Failure;
import org.junit.jupiter.api.Test;

/** The rules of entities that carry out one command at a time, besides those of all entities. */
public abstract class OrderedEntitySuite<I extends Message, O extends Message>
    extends EntitySuite<I, O> {

  @Test
  void the_next_command_is_sent_after_the_one_before_is_answered() {
    var entity = entity();
    var first = entity.ask();
    var stream = entity.recovered();
    entity.expectCommand(stream, 1);
    var second = entity.ask();
    // Whatever is to be sent at once has been, once another entity's command has come and gone.
    entity().begun();
    stream.expectNoMore();
    entity.reply(stream, 1, "one");
    assertThat(first.reply()).isEqualTo(response("one"));
    entity.expectCommand(stream, 2);
    entity.reply(stream, 2, "two");
    assertThat(second.reply()).isEqualTo(response("two"));
  }

  @Test
  void a_failure_with_restart_closes_the_stream_and_commands_waiting_stay_queued() {
    var entity = entity();
    var stream = entity.begun();
    var call = entity.ask();
    entity.expectCommand(stream, 2);
    var waiting = entity.ask();
    Failure failure = Actions.failure(2, "again").toBuilder().setRestart(true).build();
    stream.send(kind().reply(Answer.to(2, Actions.fail(failure))));
    expectFailure(call, Status.Code.UNKNOWN, "again");
    stream.expectHalfClose();
    stream.expectNoMore();
    var next = entity.recovered();
    entity.expectCommand(next, 1);
    entity.reply(next, 1, "waited");
    assertThat(waiting.reply()).isEqualTo(response("waited"));
  }

  @Test
  void a_failure_with_restart_activates_the_entity_again_without_waiting_for_a_command() {
    var entity = entity();
    var stream = entity.begun();
    var call = entity.ask();
    entity.expectCommand(stream, 2);
    Failure failure = Actions.failure(2, "again").toBuilder().setRestart(true).build();
    stream.send(kind().reply(Answer.to(2, Actions.fail(failure))));
    expectFailure(call, Status.Code.UNKNOWN, "again");
    stream.expectHalfClose();
    var next = entity.recovered();
    var later = entity.ask();
    entity.expectCommand(next, 1);
    entity.reply(next, 1, "later");
    assertThat(later.reply()).isEqualTo(response("later"));
    assertThat(function().furtherStreams(entity.address())).isZero();
  }

  @Test
  void a_top_level_failure_ends_the_proxys_side_of_the_stream_in_peace() {
    var entity = entity();
    var stream = entity.begun();
    entity.startOver(stream, 2);
    stream.expectHalfClose();
    entity.expectNothingLost();
  }
}
