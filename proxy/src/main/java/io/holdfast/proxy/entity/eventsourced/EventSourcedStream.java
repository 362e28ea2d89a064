// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.eventsourced;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.stream.Materializer;
import com.google.protobuf.Any;
import io.grpc.Status;
import io.holdfast.persistence.EventReader;
import io.holdfast.protocol.Command;
import io.holdfast.protocol.eventsourced.EventSourcedGrpc;
import io.holdfast.protocol.eventsourced.EventSourcedInit;
import io.holdfast.protocol.eventsourced.EventSourcedSnapshot;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.protocol.eventsourced.EventSourcedStreamOut;
import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.entity.CommandStream;
import io.holdfast.proxy.entity.FunctionStream;
import io.holdfast.proxy.entity.SessionMessage;
import io.holdfast.proxy.entity.SessionMessage.Answered;
import io.holdfast.proxy.entity.SessionMessage.Recovered;
import io.holdfast.proxy.entity.SessionMessage.RecoveryFailed;
import io.holdfast.proxy.entity.SessionMessage.StreamLost;
import io.holdfast.storage.v1.StoredSnapshot;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One stream of an event-sourced entity: init, the stored events, then commands. */
final class EventSourcedStream
    implements CommandStream, FunctionStream.Listener<EventSourcedStreamOut> {

  private final long number;
  private final EntityId entity;
  private final EventSourcedContext context;
  private final ActorSystem system;
  private final ActorRef session;
  private final FunctionStream<EventSourcedStreamIn, EventSourcedStreamOut> stream;

  /**
   * @param number the session's number for it, which all messages about it carry
   * @param session told what happens on it
   */
  EventSourcedStream(
      long number,
      EntityId entity,
      EventSourcedContext context,
      ActorSystem system,
      ActorRef session) {
    this.number = number;
    this.entity = entity;
    this.context = context;
    this.system = system;
    this.session = session;
    this.stream =
        FunctionStream.open(
            context.function().channel(), EventSourcedGrpc.getHandleMethod(), Runnable::run, this);
  }

  long number() {
    return number;
  }

  /** Sends init and then every event after the snapshot, up to {@code highest}. */
  void recover(Optional<StoredSnapshot> snapshot, long highest) {
    stream.send(init(snapshot));
    long from = snapshot.map(StoredSnapshot::getSequence).orElse(0L) + 1;
    if (from > highest) {
      tell(new Recovered(number));
      return;
    }
    EventReader events = context.store().events();
    events
        .read(entity.persistenceId(), from, highest)
        // Stands still when the store or the function does.
        .idleTimeout(context.settings().recoveryTimeout())
        .runWith(new ReplaySink(stream, this::replayEnded), Materializer.matFromSystem(system));
  }

  private EventSourcedStreamIn init(Optional<StoredSnapshot> snapshot) {
    var init =
        EventSourcedInit.newBuilder()
            .setServiceName(context.serviceName().get())
            .setEntityId(entity.shown());
    snapshot.ifPresent(
        stored ->
            init.setSnapshot(
                EventSourcedSnapshot.newBuilder()
                    .setSnapshotSequence(stored.getSequence())
                    .setSnapshot(
                        Any.newBuilder()
                            .setTypeUrl(stored.getTypeUrl())
                            .setValue(stored.getPayload()))));
    return EventSourcedStreamIn.newBuilder().setInit(init).build();
  }

  private void replayEnded(@Nullable Throwable failure) {
    tell(failure == null ? new Recovered(number) : new RecoveryFailed(number, failure));
  }

  @Override
  public void send(Command command) {
    stream.send(EventSourcedStreamIn.newBuilder().setCommand(command).build());
  }

  @Override
  public void halfClose() {
    stream.halfClose(context.settings().closeTimeout(), system.scheduler(), system.dispatcher());
  }

  @Override
  public void cancel(String reason) {
    stream.cancel(reason);
  }

  @Override
  public void onMessage(EventSourcedStreamOut message) {
    tell(new Answered(number, EventSourcedAnswers.read(message)));
  }

  @Override
  public void onClose(Status status) {
    tell(new StreamLost(number, status));
  }

  private void tell(SessionMessage message) {
    session.tell(message, ActorRef.noSender());
  }
}
