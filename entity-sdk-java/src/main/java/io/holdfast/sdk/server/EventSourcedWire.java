// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import io.grpc.MethodDescriptor;
import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.Failure;
import io.holdfast.protocol.eventsourced.EventSourcedGrpc;
import io.holdfast.protocol.eventsourced.EventSourcedInit;
import io.holdfast.protocol.eventsourced.EventSourcedReply;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.protocol.eventsourced.EventSourcedStreamOut;
import io.holdfast.sdk.definition.Write;
import io.holdfast.sdk.session.CommandReply;
import io.holdfast.sdk.session.EntitySession;
import io.holdfast.sdk.session.Init;
import java.util.Optional;

/** Streams of entities whose state is the sum of their events. */
final class EventSourcedWire implements Wire<EventSourcedStreamIn, EventSourcedStreamOut> {

  @Override
  public MethodDescriptor<EventSourcedStreamIn, EventSourcedStreamOut> method() {
    return EventSourcedGrpc.getHandleMethod();
  }

  @Override
  public EventSourcedStreamIn prototype() {
    return EventSourcedStreamIn.getDefaultInstance();
  }

  @Override
  public String service(EventSourcedStreamIn first) {
    return first.getInit().getServiceName();
  }

  @Override
  public void deliver(EventSourcedStreamIn message, EntitySession session) {
    switch (message.getMessageCase()) {
      case COMMAND -> session.command(message.getCommand());
      case EVENT ->
          session.event(message.getEvent().getSequence(), message.getEvent().getPayload());
      case INIT -> session.init(init(message.getInit()));
      case MESSAGE_NOT_SET -> session.breach("a message that is empty or cannot be read");
    }
  }

  private static Init init(EventSourcedInit init) {
    return init.hasSnapshot()
        ? new Init(
            init.getServiceName(),
            init.getEntityId(),
            Optional.of(init.getSnapshot().getSnapshot()),
            init.getSnapshot().getSnapshotSequence())
        : new Init(init.getServiceName(), init.getEntityId(), Optional.empty(), 0);
  }

  @Override
  public EventSourcedStreamOut reply(CommandReply reply) {
    var message =
        EventSourcedReply.newBuilder()
            .setCommandId(reply.command())
            .addAllSideEffects(reply.sideEffects());
    if (reply.action().getActionCase() != ClientAction.ActionCase.ACTION_NOT_SET) {
      message.setClientAction(reply.action());
    }
    if (reply.write() instanceof Write.Events write) {
      message.addAllEvents(write.events());
      write.snapshot().ifPresent(message::setSnapshot);
    }
    return EventSourcedStreamOut.newBuilder().setReply(message).build();
  }

  @Override
  public EventSourcedStreamOut failure(Failure failure) {
    return EventSourcedStreamOut.newBuilder().setFailure(failure).build();
  }
}
