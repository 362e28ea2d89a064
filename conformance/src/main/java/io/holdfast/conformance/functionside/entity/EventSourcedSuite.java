// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.functionside.entity;

import static io.holdfast.conformance.wire.EventSourcedKind.EVENT_SOURCED;
import static io.holdfast.conformance.wire.Models.response;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.holdfast.conformance.functionside.EntityScript;
import io.holdfast.conformance.functionside.ScriptedStream;
import io.holdfast.conformance.wire.Actions;
import io.holdfast.conformance.wire.Answer;
import io.holdfast.conformance.wire.EventSourcedKind;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.protocol.eventsourced.EventSourcedStreamOut;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Event-sourced entities: the rules of all entities, and those of events and snapshots. */
public abstract class EventSourcedSuite
    extends OrderedEntitySuite<EventSourcedStreamIn, EventSourcedStreamOut> {

  @Override
  protected final EventSourcedKind kind() {
    return EVENT_SOURCED;
  }

  @Test
  void several_events_of_one_reply_are_replayed_in_order_with_sequence_numbers_from_1() {
    var entity = entity();
    var call = entity.ask();
    var stream = entity.recovered();
    entity.expectCommand(stream, 1);
    stream.send(
        kind()
            .reply(
                Answer.to(1, Actions.reply("abc")).appending("a").appending("b").appending("c")));
    call.reply();
    entity.startOver(stream, 2);
    var next = entity.ask();
    var recovered = function().stream(kind(), entity.address());
    recovered.expect(
        kind().init(entity.address()),
        kind().event(1, "a"),
        kind().event(2, "b"),
        kind().event(3, "c"));
    entity.expectCommand(recovered, 1);
    entity.reply(recovered, 1, "abc");
    assertThat(next.reply()).isEqualTo(response("abc"));
  }

  @Test
  void recovery_begins_with_the_newest_snapshot_and_goes_on_with_the_events_after_it() {
    var entity = entity();
    var stream = entity.begun();
    var saving = entity.ask();
    entity.expectCommand(stream, 2);
    // It includes both events of its own reply, so it stands for the third.
    stream.send(
        kind()
            .replyWithSnapshot(
                Answer.to(2, Actions.reply("abc")).after("a").appending("b").appending("c")));
    saving.reply();
    entity.append(stream, 3, "d");
    entity.startOver(stream, 4);
    var recovered = recoveredFromSnapshot(entity, kind().init(entity.address(), 3, "abc"));
    recovered.expect(kind().event(4, "d"));
    entity.expectCommand(recovered, 1);
  }

  /** A reply may leave before its snapshot is saved, so a recovery or two may yet be without it. */
  private ScriptedStream<EventSourcedStreamIn, EventSourcedStreamOut> recoveredFromSnapshot(
      EntityScript<EventSourcedStreamIn, EventSourcedStreamOut> entity, EventSourcedStreamIn init) {
    for (int attempt = 0; attempt < 100; attempt++) {
      var call = entity.ask();
      var stream = function().stream(kind(), entity.address());
      var first = stream.next();
      if (first.getInit().hasSnapshot()) {
        assertThat(first).isEqualTo(init);
        return stream;
      }
      var replayed = kind().recovery(entity.address(), List.of("a", "b", "c", "d"));
      assertThat(first).isEqualTo(replayed.get(0));
      stream.expect(replayed.subList(1, replayed.size()));
      entity.expectCommand(stream, 1);
      stream.send(kind().failure(Actions.failure(1, "no snapshot yet")));
      expectFailure(call, Status.Code.UNKNOWN, "no snapshot yet");
    }
    throw new AssertionError("no recovery begins with the snapshot");
  }

  @Test
  void events_are_never_sent_back_on_the_stream_that_they_came_from() {
    var entity = entity();
    var stream = entity.begun();
    entity.append(stream, 2, "b");
    // Whole messages, in order: an event in between would be in the place of the command.
    entity.append(stream, 3, "c");
    stream.expectNoMore();
  }

  @Test
  void a_snapshot_without_events_is_reported_and_internal_for_the_client() {
    var entity = entity();
    var stream = entity.begun();
    var call = entity.ask();
    entity.expectCommand(stream, 2);
    stream.send(kind().replyWithSnapshot(Answer.to(2, Actions.reply("a")).after("a")));
    expectFailure(call, Status.Code.INTERNAL);
    expectReport();
    entity.expectNothingLost();
  }

  @Test
  void user_values_of_every_encoding_come_back_as_they_were() {
    var string = Any.newBuilder().setTypeUrl("p.cloudstate.io/string");
    var events =
        List.of(
            string.setValue(ByteString.copyFrom(new byte[] {10, 1, 'a'})).build(),
            // The default value, of which nothing is encoded.
            string.clearValue().build(),
            Any.newBuilder()
                .setTypeUrl("json.cloudstate.io/thing")
                .setValue(ByteString.copyFromUtf8("\n\u0002{}"))
                .build());
    var entity = entity();
    var call = entity.ask();
    var stream = entity.recovered();
    entity.expectCommand(stream, 1);
    stream.send(kind().reply(Answer.to(1, Actions.reply("")), events));
    call.reply();
    entity.startOver(stream, 2);
    var next = entity.ask();
    var recovered = function().stream(kind(), entity.address());
    recovered.expect(kind().init(entity.address()));
    for (int i = 0; i < events.size(); i++) {
      recovered.expect(kind().event(i + 1, events.get(i)));
    }
    entity.expectCommand(recovered, 1);
    entity.reply(recovered, 1, "");
    next.reply();
  }
}
