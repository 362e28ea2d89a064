// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.wire;

import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import io.grpc.MethodDescriptor;
import io.holdfast.conformance.model.Appended;
import io.holdfast.conformance.model.EventSourcedModelGrpc;
import io.holdfast.conformance.model.EventSourcedSecondGrpc;
import io.holdfast.conformance.model.Request;
import io.holdfast.conformance.model.Response;
import io.holdfast.conformance.model.Text;
import io.holdfast.protocol.Command;
import io.holdfast.protocol.Failure;
import io.holdfast.protocol.eventsourced.EventSourcedEvent;
import io.holdfast.protocol.eventsourced.EventSourcedGrpc;
import io.holdfast.protocol.eventsourced.EventSourcedInit;
import io.holdfast.protocol.eventsourced.EventSourcedReply;
import io.holdfast.protocol.eventsourced.EventSourcedSnapshot;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.protocol.eventsourced.EventSourcedStreamOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Event-sourced entities: each appended text is one event. */
public enum EventSourcedKind implements Kind<EventSourcedStreamIn, EventSourcedStreamOut> {
  EVENT_SOURCED;

  @Override
  public String entityType() {
    return "cloudstate.eventsourced.EventSourced";
  }

  @Override
  public MethodDescriptor<EventSourcedStreamIn, EventSourcedStreamOut> handle() {
    return EventSourcedGrpc.getHandleMethod();
  }

  @Override
  public MethodDescriptor<Request, Response> process() {
    return EventSourcedModelGrpc.getProcessMethod();
  }

  @Override
  public MethodDescriptor<Request, Empty> touch() {
    return EventSourcedModelGrpc.getTouchMethod();
  }

  @Override
  public MethodDescriptor<Request, Response> second() {
    return EventSourcedSecondGrpc.getProcessMethod();
  }

  @Override
  public Optional<Address> address(EventSourcedStreamIn first) {
    return first.hasInit()
        ? Optional.of(new Address(first.getInit().getServiceName(), first.getInit().getEntityId()))
        : Optional.empty();
  }

  @Override
  public List<EventSourcedStreamIn> recovery(Address entity, List<String> appended) {
    var messages = new ArrayList<EventSourcedStreamIn>();
    messages.add(init(entity));
    for (String text : appended) {
      messages.add(event(messages.size(), text));
    }
    return messages;
  }

  /** The first message for an entity of which no snapshot is stored. */
  public EventSourcedStreamIn init(Address entity) {
    return EventSourcedStreamIn.newBuilder().setInit(initOf(entity)).build();
  }

  /** The first message for one with a snapshot. */
  public EventSourcedStreamIn init(Address entity, long sequence, String text) {
    return EventSourcedStreamIn.newBuilder()
        .setInit(
            initOf(entity)
                .setSnapshot(
                    EventSourcedSnapshot.newBuilder()
                        .setSnapshotSequence(sequence)
                        .setSnapshot(text(text))))
        .build();
  }

  private static EventSourcedInit.Builder initOf(Address entity) {
    return EventSourcedInit.newBuilder().setServiceName(entity.service()).setEntityId(entity.id());
  }

  public EventSourcedStreamIn event(long sequence, String text) {
    return event(sequence, appended(text));
  }

  public EventSourcedStreamIn event(long sequence, Any payload) {
    return EventSourcedStreamIn.newBuilder()
        .setEvent(EventSourcedEvent.newBuilder().setSequence(sequence).setPayload(payload))
        .build();
  }

  private static Any appended(String text) {
    return Anys.of(Appended.newBuilder().setText(text).build());
  }

  private static Any text(String text) {
    return Anys.of(Text.newBuilder().setText(text).build());
  }

  @Override
  public EventSourcedStreamIn command(Command command) {
    return EventSourcedStreamIn.newBuilder().setCommand(command).build();
  }

  @Override
  public EventSourcedStreamIn empty() {
    return EventSourcedStreamIn.getDefaultInstance();
  }

  /** A reply with these events, whatever they are. */
  public EventSourcedStreamOut reply(Answer answer, List<Any> events) {
    return EventSourcedStreamOut.newBuilder()
        .setReply(replyOf(answer).addAllEvents(events))
        .build();
  }

  @Override
  public EventSourcedStreamOut reply(Answer answer) {
    return EventSourcedStreamOut.newBuilder().setReply(replyOf(answer)).build();
  }

  /** A reply with a snapshot of the state that it leads to. */
  public EventSourcedStreamOut replyWithSnapshot(Answer answer) {
    return EventSourcedStreamOut.newBuilder()
        .setReply(replyOf(answer).setSnapshot(text(answer.text())))
        .build();
  }

  private static EventSourcedReply.Builder replyOf(Answer answer) {
    var reply =
        EventSourcedReply.newBuilder()
            .setCommandId(answer.commandId())
            .addAllSideEffects(answer.effects());
    if (answer.action() != null) {
      reply.setClientAction(answer.action());
    }
    answer.appended().forEach(text -> reply.addEvents(appended(text)));
    return reply;
  }

  @Override
  public EventSourcedStreamOut failure(Failure failure) {
    return EventSourcedStreamOut.newBuilder().setFailure(failure).build();
  }

  @Override
  public @Nullable Failure failureOf(EventSourcedStreamOut message) {
    if (message.hasFailure()) {
      return message.getFailure();
    }
    var action = message.getReply().getClientAction();
    return action.hasFailure() ? action.getFailure() : null;
  }

  @Override
  public boolean changes(EventSourcedStreamOut message) {
    return message.getReply().getEventsCount() > 0 || message.getReply().hasSnapshot();
  }

  @Override
  public boolean hasEffects(EventSourcedStreamOut message) {
    return message.getReply().getSideEffectsCount() > 0;
  }
}
