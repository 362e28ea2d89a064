// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.eventsourced;

import akka.actor.ActorRef;
import akka.stream.Materializer;
import com.google.protobuf.Any;
import io.holdfast.protocol.eventsourced.EventSourcedInit;
import io.holdfast.protocol.eventsourced.EventSourcedSnapshot;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.protocol.eventsourced.EventSourcedStreamOut;
import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.entity.CommandStream;
import io.holdfast.proxy.entity.EntityKeeper;
import io.holdfast.proxy.entity.MessageFit;
import io.holdfast.proxy.entity.SessionMessage.Deliver;
import io.holdfast.proxy.entity.StateChange;
import io.holdfast.proxy.entity.StoreFailures;
import io.holdfast.proxy.entity.actor.EntityContext;
import io.holdfast.proxy.entity.actor.EntityStream;
import io.holdfast.proxy.entity.actor.KeeperHost;
import io.holdfast.proxy.entity.actor.Origins;
import io.holdfast.storage.v1.StoredEvent;
import io.holdfast.storage.v1.StoredSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the events of one entity. Of the journal it asks the last sequence number, once, and then
 * only writes. The events of a recovery go from the store to the function as a stream of their own.
 */
public final class EventSourcedKeeper implements EntityKeeper, EntityJournal.Listener {

  private static final Logger log = LoggerFactory.getLogger(EventSourcedKeeper.class);

  private final EntityId entity;
  private final EntityContext common;
  private final KeeperHost host;
  private final EntityJournal journal;
  private @Nullable EntityStream<EventSourcedStreamIn, EventSourcedStreamOut> stream;

  /** The sequence number of the last event given to the journal. */
  private long sequence;

  private boolean sequenceKnown;

  /** Whether the stream opened last began with a snapshot. */
  private boolean snapshotSent;

  private boolean snapshotOutgrown;

  /** Whether the newest snapshot is one that the function cannot read. */
  private boolean snapshotUnreadable;

  /** The journal may have kept one stream waiting for too long. */
  private record LookUpOverdue(long stream) {}

  /** The newest snapshot has been looked for, on behalf of one stream. */
  private record SnapshotLooked(
      long stream, Optional<StoredSnapshot> snapshot, @Nullable Throwable failure) {}

  public EventSourcedKeeper(EntityId entity, EntityContext common, KeeperHost host) {
    this.entity = entity;
    this.common = common;
    this.host = host;
    this.journal = new EntityJournal(entity.persistenceId(), host.system(), host.self(), this);
  }

  @Override
  public CommandStream open(long number) {
    var opened = new EntityStream<>(number, EventSourcedWords.WORDS, common, host);
    stream = opened;
    if (sequenceKnown) {
      recover(opened);
    } else {
      lookUp(number);
    }
    return opened;
  }

  private void lookUp(long number) {
    var system = host.system();
    system
        .scheduler()
        .scheduleOnce(
            common.settings().recoveryTimeout(),
            host.self(),
            new LookUpOverdue(number),
            system.dispatcher(),
            ActorRef.noSender());
    journal.lookUp();
  }

  @Override
  public boolean passOverSnapshot() {
    boolean sent = snapshotSent;
    snapshotSent = false;
    snapshotUnreadable |= sent;
    return sent;
  }

  @Override
  public boolean receive(Object message) {
    if (message instanceof SnapshotLooked looked) {
      recover(looked);
      return true;
    }
    if (message instanceof LookUpOverdue overdue) {
      giveUp(overdue);
      return true;
    }
    return journal.receive(message);
  }

  @Override
  public void lookedUp(long lastSequence) {
    if (sequenceKnown) {
      return;
    }
    sequence = lastSequence;
    sequenceKnown = true;
    if (stream != null) {
      recover(stream);
    }
  }

  private void giveUp(LookUpOverdue overdue) {
    var current = stream;
    if (!sequenceKnown && current != null && current.number() == overdue.stream()) {
      current.recovered(
          new TimeoutException(
              "the journal did not tell the last sequence number within "
                  + common.settings().recoveryTimeout()));
    }
  }

  @Override
  public void lookUpFailed(Throwable cause) {
    if (stream != null) {
      stream.recovered(cause);
    }
  }

  private void recover(EntityStream<EventSourcedStreamIn, ?> opened) {
    if (sequence == 0 || snapshotUnreadable || common.withoutSnapshots().getAsBoolean()) {
      replay(opened, Optional.empty());
    } else {
      lookForSnapshot(opened.number());
    }
  }

  private void lookForSnapshot(long number) {
    ActorRef self = host.self();
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
    var current = stream;
    if (current == null || current.number() != looked.stream()) {
      return;
    }
    if (looked.failure() == null) {
      replay(current, looked.snapshot());
    } else {
      current.recovered(looked.failure());
    }
  }

  /** Sends init and then every event after the snapshot. */
  private void replay(
      EntityStream<EventSourcedStreamIn, ?> opened, Optional<StoredSnapshot> stored) {
    Optional<StoredSnapshot> snapshot = stored.filter(this::fits);
    snapshotSent = snapshot.isPresent();
    opened.open().send(init(snapshot));
    long from = snapshot.map(StoredSnapshot::getSequence).orElse(0L) + 1;
    if (from > sequence) {
      opened.recovered(null);
      return;
    }
    common
        .store()
        .events()
        .read(entity.persistenceId(), from, sequence)
        // Stands still when the store or the function does.
        .idleTimeout(common.settings().recoveryTimeout())
        .runWith(
            new ReplaySink(
                entity.persistenceId(),
                from,
                sequence,
                common.function().messageBytesMax(),
                opened.open(),
                opened::recovered),
            Materializer.matFromSystem(host.system()));
  }

  // Without it, the recovery takes longer. The events are all there.
  private boolean fits(StoredSnapshot snapshot) {
    Optional<String> tooLarge =
        MessageFit.tooLarge(
            "the snapshot",
            Any.newBuilder()
                .setTypeUrl(snapshot.getTypeUrl())
                .setValue(snapshot.getPayload())
                .build(),
            () -> init(Optional.of(snapshot)),
            common.function().messageBytesMax());
    if (tooLarge.isPresent() && !snapshotOutgrown) {
      snapshotOutgrown = true;
      log.warn(
          "{}: {}; it is left out, and the entity recovers from its events",
          entity,
          tooLarge.get());
    }
    return tooLarge.isEmpty();
  }

  @Override
  public Optional<String> tooLarge(StateChange change) {
    List<Any> events = ((EventsToStore) change).events();
    int bytesMax = common.function().messageBytesMax();
    for (int i = 0; i < events.size(); i++) {
      Any event = events.get(i);
      long number = sequence + 1 + i;
      Optional<String> tooLarge =
          MessageFit.tooLarge(
              "an event", event, () -> EventSourcedWords.event(number, event), bytesMax);
      if (tooLarge.isPresent()) {
        return tooLarge;
      }
    }
    return Optional.empty();
  }

  private EventSourcedStreamIn init(Optional<StoredSnapshot> snapshot) {
    var init =
        EventSourcedInit.newBuilder()
            .setServiceName(common.serviceName().get())
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

  @Override
  public void store(StateChange change, Deliver cause) {
    if (change.isEmpty()) {
      journal.append(List.of(), host::stored);
      return;
    }
    var toStore = (EventsToStore) change;
    String version = common.function().version();
    List<StoredEvent> records =
        EventRecords.of(
            toStore.events(), sequence + 1, common.micros(), Origins.of(cause.command(), version));
    sequence += records.size();
    Any snapshot = toStore.snapshot();
    if (snapshot == null) {
      journal.append(records, host::stored);
    } else {
      // If it is not saved, the one before is refused once more.
      snapshotUnreadable = false;
      StoredSnapshot record = EventRecords.snapshot(snapshot, sequence, common.micros(), version);
      boolean fits = fits(record);
      journal.append(
          records,
          () -> {
            host.stored();
            if (fits) {
              save(record);
            }
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
                StoreFailures.log().failed(entity, "a snapshot could not be saved", failure);
              }
            });
  }

  @Override
  public void failed(Throwable cause) {
    host.storeFailed(cause);
  }
}
