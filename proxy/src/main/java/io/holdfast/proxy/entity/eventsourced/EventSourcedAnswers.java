// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.eventsourced;

import com.google.protobuf.Any;
import io.holdfast.protocol.eventsourced.EventSourcedReply;
import io.holdfast.protocol.eventsourced.EventSourcedStreamOut;
import io.holdfast.proxy.entity.Answer;

/** Reads what a function says about event-sourced entities, and finds what it must not say. */
final class EventSourcedAnswers {

  private EventSourcedAnswers() {}

  static Answer read(EventSourcedStreamOut message) {
    return switch (message.getMessageCase()) {
      case REPLY -> read(message.getReply());
      case FAILURE -> new Answer.GaveUp(message.getFailure());
      case MESSAGE_NOT_SET -> new Answer.Broken("sent a message with nothing in it");
    };
  }

  private static Answer read(EventSourcedReply reply) {
    for (Any event : reply.getEventsList()) {
      if (event.getTypeUrl().isEmpty()) {
        return new Answer.Broken("asked for an event without a type URL to be stored");
      }
    }
    if (reply.hasSnapshot() && reply.getEventsCount() == 0) {
      return new Answer.Broken("sent a snapshot without an event");
    }
    return new Answer.Replied(
        reply.getCommandId(),
        reply.getClientAction(),
        reply.getSideEffectsList(),
        new EventsToStore(reply.getEventsList(), reply.hasSnapshot() ? reply.getSnapshot() : null));
  }
}
