// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.proxyside;

import static io.holdfast.conformance.wire.EventSourcedKind.EVENT_SOURCED;
import static io.holdfast.conformance.wire.Models.append;

import io.holdfast.conformance.wire.Actions;
import io.holdfast.conformance.wire.Answer;
import io.holdfast.conformance.wire.EventSourcedKind;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.protocol.eventsourced.EventSourcedStreamOut;
import org.junit.jupiter.api.Test;

/** What a function must answer on the stream of an event-sourced entity. */
public abstract class EventSourcedFunctionSuite
    extends EntityFunctionSuite<EventSourcedStreamIn, EventSourcedStreamOut> {

  @Override
  protected final EventSourcedKind kind() {
    return EVENT_SOURCED;
  }

  @Test
  void every_fifth_event_comes_with_a_snapshot_of_the_state_after_it() {
    var entity = recovered();
    String state = "";
    for (int id = 1; id <= 10; id++) {
      entity.ask(id, append("x"));
      var answer = Answer.to(id, Actions.reply(state + "x")).after(state).appending("x");
      state += "x";
      entity.expect(id % 5 == 0 ? kind().replyWithSnapshot(answer) : kind().reply(answer));
    }
    entity.passivate();
  }

  @Test
  void events_that_are_replayed_count_for_the_next_snapshot() {
    var entity = recovered("a", "b", "c", "d");
    entity.ask(1, append("e"));
    entity.expect(
        kind()
            .replyWithSnapshot(Answer.to(1, Actions.reply("abcde")).after("abcd").appending("e")));
    entity.passivate();
  }

  @Test
  void a_recovery_begins_with_a_snapshot_and_goes_on_with_the_events_after_it() {
    var entity = PlayedEntity.silent(function(), kind());
    entity.send(kind().init(entity.address(), 5, "abcde"));
    entity.send(kind().event(6, "f"));
    entity.send(kind().event(7, "g"));
    entity.ask(1);
    entity.expect(unchanged(1, "abcdefg"));
    entity.ask(2, append("h"));
    entity.expect(
        kind().reply(Answer.to(2, Actions.reply("abcdefgh")).after("abcdefg").appending("h")));
    entity.passivate();
  }
}
