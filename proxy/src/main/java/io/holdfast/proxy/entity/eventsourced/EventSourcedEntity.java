// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.eventsourced;

import akka.actor.ActorRef;
import akka.actor.Props;
import akka.actor.UntypedAbstractActor;
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

/**
 * The actor of one live event-sourced entity: keeps its events and runs its {@link Session}.
 *
 * <p>Of the journal it asks the last sequence number, once, and then only writes. The events of a
 * recovery go from the store to the function as a stream of their own.
 */
public final class EventSourcedEntity extends UntypedAbstractActor
    implements EntityKeeper, SessionHost, EntityJournal.Listener {

  private static final Logger log = LoggerFactory.getLogger(EventSourcedEntity.class);

  private final EntityId entity;
  private final EventSourcedContext common;
  private final Session session;
  private final EntityJournal journal;
  private @Nullable EventSourcedStream stream;

  /** The sequence number of the last event given to the journal. */
  private long sequence;

  private boolean sequenceKnown;

  /** The newest snapshot has been looked for, on behalf of one stream. */
  private record SnapshotLooked(
      long stream, Optional<StoredSnapshot> snapshot, @Nullable Throwable failure) {}

  /** An actor whose name is the key of its entity, URL-encoded. */
  public static Props props(EventSourcedContext common) {
    return Props.create(EventSourcedEntity.class, () -> new EventSourcedEntity(common));
  }

  private EventSourcedEntity(EventSourcedContext common) {
    String key = URLDecoder.decode(getSelf().path().name(), StandardCharsets.UTF_8);
    this.entity = new EntityId(common.entityType(), key);
    this.common = common;
    this.session =
        new Session(entity, this, this, common.function(), common.settings(), common.nanoTime());
    this.journal =
        new EntityJournal(entity.persistenceId(), getContext().getSystem(), getSelf(), this);
  }

  @Override
  public void preStart() {
    common.live().entered(entity, getSelf());
  }

  @Override
  public void onReceive(Object message) {
    if (message instanceof SessionMessage about) {
      session.receive(about);
    } else if (message instanceof SnapshotLooked looked) {
      recover(looked);
    } else if (!journal.receive(message)) {
      unhandled(message);
    }
  }

  @Override
  public CommandStream open(long number) {
    var opened =
        new EventSourcedStream(number, entity, common, getContext().getSystem(), getSelf());
    stream = opened;
    if (sequenceKnown) {
      recover(opened);
    } else {
      journal.lookUp();
    }
    return opened;
  }

  @Override
  public void lookedUp(long lastSequence) {
    if (sequenceKnown) {
      return;
    }
    sequence = lastSequence;
    sequenceKnown = true;
    EventSourcedStream current = stream;
    if (current != null) {
      recover(current);
    }
  }

  @Override
  public void lookUpFailed(Throwable cause) {
    EventSourcedStream current = stream;
    if (current != null) {
      session.receive(new RecoveryFailed(current.number(), cause));
    }
  }

  private void recover(EventSourcedStream opened) {
    if (sequence == 0) {
      opened.recover(Optional.empty(), 0);
    } else {
      lookForSnapshot(opened.number());
    }
  }

  private void lookForSnapshot(long number) {
    ActorRef self = getSelf();
    common
        .store()
        .snapshots()
        .latest(entity.persistenceId())
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
      journal.append(List.of(), session::stored);
      return;
    }
    var toStore = (EventsToStore) change;
    String version = common.function().version();
    List<StoredEvent> records =
        EventRecords.of(toStore.events(), sequence + 1, cause.command(), version, common.clock());
    sequence += records.size();
    Any snapshot = toStore.snapshot();
    if (snapshot == null) {
      journal.append(records, session::stored);
    } else {
      StoredSnapshot record = EventRecords.snapshot(snapshot, sequence, version, common.clock());
      journal.append(
          records,
          () -> {
            session.stored();
            save(record);
          });
    }
  }

  // A snapshot only shortens the next recovery: when it cannot be saved, nothing is lost.
  private void save(StoredSnapshot snapshot) {
    common
        .store()
        .snapshots()
        .save(entity.persistenceId(), snapshot)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                log.warn("{}: a snapshot could not be saved", entity, failure);
              }
            });
  }

  // What is stored is known again only when the journal has been asked anew.
  @Override
  public void failed(Throwable cause) {
    session.storeFailed(cause);
    getContext().stop(getSelf());
  }

  @Override
  public void postStop() {
    common.live().left(entity, getSelf());
    session.end("the entity was stopped");
  }

  @Override
  public void schedule(Duration delay, SessionMessage message) {
    var system = getContext().getSystem();
    system
        .scheduler()
        .scheduleOnce(delay, getSelf(), message, system.dispatcher(), ActorRef.noSender());
  }

  @Override
  public void leaving() {
    common.live().left(entity, getSelf());
  }

  @Override
  public void leave() {
    getContext().stop(getSelf());
  }
}
