// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.eventsourced;

import com.google.protobuf.Any;
import io.grpc.MethodDescriptor;
import io.holdfast.protocol.Command;
import io.holdfast.protocol.Failure;
import io.holdfast.protocol.eventsourced.EventSourcedEvent;
import io.holdfast.protocol.eventsourced.EventSourcedGrpc;
import io.holdfast.protocol.eventsourced.EventSourcedReply;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.protocol.eventsourced.EventSourcedStreamOut;
import io.holdfast.proxy.entity.Answer;
import io.holdfast.proxy.entity.actor.EntityStream;

/** What is said about event-sourced entities; finds what a function must not say. */
enum EventSourcedWords implements EntityStream.Words<EventSourcedStreamIn, EventSourcedStreamOut> {
  WORDS;

  @Override
  public MethodDescriptor<EventSourcedStreamIn, EventSourcedStreamOut> method() {
    return EventSourcedGrpc.getHandleMethod();
  }

  @Override
  public EventSourcedStreamIn command(Command command) {
    return EventSourcedStreamIn.newBuilder().setCommand(command).build();
  }

  /** An event that has been stored, as the function gets it back. */
  static EventSourcedStreamIn event(long sequence, Any payload) {
    return EventSourcedStreamIn.newBuilder()
        .setEvent(EventSourcedEvent.newBuilder().setSequence(sequence).setPayload(payload))
        .build();
  }

  @Override
  public Answer answer(EventSourcedStreamOut said) {
    return switch (said.getMessageCase()) {
      case REPLY -> reply(said.getReply());
      case FAILURE -> failure(said.getFailure());
      case MESSAGE_NOT_SET -> new Answer.Broken("sent a message with nothing in it");
    };
  }

  private static Answer failure(Failure failure) {
    return failure.getWithoutSnapshot()
        ? new Answer.SnapshotRefused(failure.getDescription())
        : new Answer.GaveUp(failure);
  }

  private static Answer reply(EventSourcedReply reply) {
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
