// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.proxyside;

import static io.holdfast.conformance.wire.EventSourcedKind.EVENT_SOURCED;
import static io.holdfast.conformance.wire.Models.append;

import com.google.protobuf.ByteString;
import io.holdfast.conformance.wire.Anys;
import io.holdfast.conformance.wire.EventSourcedKind;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.protocol.eventsourced.EventSourcedStreamOut;
import org.junit.jupiter.api.Test;

/** What a proxy must not say of events. */
public abstract class EventSourcedWrongInputSuite
    extends WrongInputSuite<EventSourcedStreamIn, EventSourcedStreamOut> {

  @Override
  protected final EventSourcedKind kind() {
    return EVENT_SOURCED;
  }

  @Test
  void an_event_with_a_gap_before_it_is_refused() {
    refused(recovered("a"), entity -> entity.send(kind().event(3, "c")));
  }

  @Test
  void an_event_that_was_replayed_before_is_refused() {
    refused(recovered("a"), entity -> entity.send(kind().event(1, "a")));
  }

  @Test
  void an_event_that_the_snapshot_includes_is_refused() {
    refused(
        PlayedEntity.silent(function(), kind()),
        entity -> {
          entity.send(kind().init(entity.address(), 5, "abcde"));
          entity.send(kind().event(5, "e"));
        });
  }

  @Test
  void an_event_after_a_command_is_refused() {
    refused(
        recovered("a"),
        entity -> {
          entity.ask(1);
          entity.next();
          entity.send(kind().event(2, "b"));
        });
  }

  @Test
  void an_event_of_a_type_that_the_function_does_not_know_is_refused() {
    var unknown = Anys.of("holdfast.conformance.model.Missing", ByteString.EMPTY);
    refused(
        recovered("a"),
        entity -> {
          entity.send(kind().event(2, unknown));
          entity.ask(1, append("lost"));
        });
  }
}
