// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.eventsourced;

import static akka.persistence.SnapshotSelectionCriteria.none;

import akka.actor.ActorRef;
import akka.actor.Props;
import akka.persistence.AbstractPersistentActor;
import akka.persistence.Recovery;
import akka.persistence.RecoveryCompleted;
import com.google.protobuf.Any;
import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.entity.CommandStream;
import io.holdfast.proxy.entity.EntityKeeper;
import io.holdfast.proxy.entity.Session;
import io.holdfast.proxy.entity.SessionHost;
import io.holdfast.proxy.entity.SessionMessage;
import io.holdfast.proxy.entity.SessionMessage.Deliver;
import io.holdfast.proxy.entity.SessionMessage.RecoveryFailed;
import io.holdfast.proxy.entity.StateChange;
import io.holdfast.storage.v1.StoredEvent;
import io.holdfast.storage.v1.StoredSnapshot;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/**
 * The actor of one live event-sourced entity: keeps its events and runs its {@link Session}.
 *
 * <p>Akka's own recovery finds the highest sequence number and nothing else. The events go from the
 * store to the function as a stream, because Akka would push all of them into the mailbox at once.
 *
 * <p>Its journal is the actor system's default one: Akka asks an actor for its plugins before the
 * actor's own fields are set.
 */
public final class EventSourcedEntity extends AbstractPersistentActor
    implements EntityKeeper, SessionHost {

  private static final Logger log = LoggerFactory.getLogger(EventSourcedEntity.class);
  private static final Object NOTHING = new Object();

  private final EntityId entity;
  private final EventSourcedContext common;
  private final Session session;
  private @Nullable EventSourcedStream stream;

  /** The sequence number of the last event given to the journal. */
  private long sequence;

  /** The newest snapshot has been looked for, on behalf of one stream. */
  private record SnapshotLooked(
      long stream, Optional<StoredSnapshot> snapshot, @Nullable Throwable failure) {}

  /** An actor whose name is the key of its entity, URL-encoded. */
  public static Props props(EventSourcedContext common) {
    return Props.create(EventSourcedEntity.class, () -> new EventSourcedEntity(common));
  }

  private EventSourcedEntity(EventSourcedContext common) {
    String key = URLDecoder.decode(self().path().name(), StandardCharsets.UTF_8);
    this.entity = new EntityId(common.entityType(), key);
    this.common = common;
    this.session =
        new Session(entity, this, this, common.function(), common.settings(), common.nanoTime());
  }

  @Override
  public String persistenceId() {
    return entity.persistenceId();
  }

  @Override
  public Recovery recovery() {
    return Recovery.create(none(), Long.MAX_VALUE, 0);
  }

  @Override
  public Receive createReceiveRecover() {
    return receiveBuilder()
        .match(RecoveryCompleted.class, completed -> sequence = lastSequenceNr())
        .build();
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(SessionMessage.class, session::receive)
        .match(SnapshotLooked.class, this::recover)
        .build();
  }

  @Override
  public CommandStream open(long number) {
    var opened = new EventSourcedStream(number, entity, common, getContext().getSystem(), self());
    stream = opened;
    if (sequence == 0) {
      opened.recover(Optional.empty(), 0);
    } else {
      lookForSnapshot(number);
    }
    return opened;
  }

  private void lookForSnapshot(long number) {
    ActorRef self = self();
    common
        .store()
        .snapshots()
        .latest(persistenceId())
        .whenComplete(
            (snapshot, failure) ->
                self.tell(
                    new SnapshotLooked(
                        number, failure == null ? snapshot : Optional.empty(), failure),
                    ActorRef.noSender()));
  }

  private void recover(SnapshotLooked looked) {
    EventSourcedStream current = stream;
    if (current == null || current.number() != looked.stream()) {
      return;
    }
    Throwable failure = looked.failure();
    if (failure == null) {
      current.recover(looked.snapshot(), sequence);
    } else {
      session.receive(new RecoveryFailed(looked.stream(), failure));
    }
  }

  @Override
  public void store(StateChange change, Deliver cause) {
    if (change.isEmpty()) {
      deferAsync(NOTHING, nothing -> session.stored());
      return;
    }
    var toStore = (EventsToStore) change;
    String version = common.function().version();
    List<StoredEvent> records =
        EventRecords.of(toStore.events(), sequence + 1, cause.command(), version, common.clock());
    sequence += records.size();
    Any snapshot = toStore.snapshot();
    if (snapshot == null) {
      persistAllAsync(records, this::stored);
    } else {
      StoredSnapshot record = EventRecords.snapshot(snapshot, sequence, version, common.clock());
      persistAllAsync(
          records,
          event -> {
            stored(event);
            if (event.getRemaining() == 0) {
              save(record);
            }
          });
    }
  }

  private void stored(StoredEvent event) {
    if (event.getRemaining() == 0) {
      session.stored();
    }
  }

  // A snapshot only shortens the next recovery: when it cannot be saved, nothing is lost.
  private void save(StoredSnapshot snapshot) {
    common
        .store()
        .snapshots()
        .save(persistenceId(), snapshot)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                log.warn("{}: a snapshot could not be saved", entity, failure);
              }
            });
  }

  @Override
  public void onPersistFailure(Throwable cause, Object event, long sequenceNr) {
    session.storeFailed(cause);
  }

  @Override
  public void onPersistRejected(Throwable cause, Object event, long sequenceNr) {
    session.storeFailed(cause);
    getContext().stop(self());
  }

  @Override
  public void onRecoveryFailure(Throwable cause, Option<Object> event) {
    log.error("{}: the journal could not be read", entity, cause);
  }

  @Override
  public void postStop() {
    session.end("the entity was stopped");
  }

  @Override
  public void schedule(Duration delay, SessionMessage message) {
    var system = getContext().getSystem();
    system
        .scheduler()
        .scheduleOnce(delay, self(), message, system.dispatcher(), ActorRef.noSender());
  }

  @Override
  public void leave() {
    getContext().stop(self());
  }
}
