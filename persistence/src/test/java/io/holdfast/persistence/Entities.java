// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import akka.actor.ActorRef;
import akka.actor.Props;
import akka.persistence.AbstractPersistentActor;
import akka.persistence.DeleteMessagesSuccess;
import akka.persistence.DeleteSnapshotsSuccess;
import akka.persistence.Recovery;
import akka.persistence.RecoveryCompleted;
import akka.persistence.SaveSnapshotFailure;
import akka.persistence.SaveSnapshotSuccess;
import akka.persistence.SnapshotOffer;
import akka.persistence.SnapshotSelectionCriteria;
import io.holdfast.storage.v1.StoredEvent;
import io.holdfast.storage.v1.StoredSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Persistent actors that store what they are told and tell an observer how that ended. */
final class Entities {

  /** Store these together. */
  record Append(List<?> events) {
    static Append of(Object... events) {
      return new Append(List.of(events));
    }
  }

  record Save(StoredSnapshot snapshot) {}

  record DeleteTo(long sequence) {}

  record DeleteSnapshotsFrom(long sequence) {}

  /** What recovery brought, and the last sequence number. */
  record Recovered(Optional<StoredSnapshot> snapshot, List<StoredEvent> events, long last) {}

  record Stored(StoredEvent event) {}

  record Failed(Throwable cause, long sequence) {}

  private final Store store;
  private final ActorRef observer;

  Entities(Store store, ActorRef observer) {
    this.store = store;
    this.observer = observer;
  }

  Props props(String persistenceId, Recovery recovery) {
    return Props.create(Entity.class, () -> new Entity(persistenceId, recovery));
  }

  // Inner, because Akka asks for the plugins before this class's constructor has run.
  private final class Entity extends AbstractPersistentActor {

    private final String persistenceId;
    private final Recovery recovery;
    private final List<StoredEvent> replayed = new ArrayList<>();
    private Optional<StoredSnapshot> offered = Optional.empty();

    Entity(String persistenceId, Recovery recovery) {
      this.persistenceId = persistenceId;
      this.recovery = recovery;
    }

    @Override
    public String persistenceId() {
      return persistenceId;
    }

    @Override
    public String journalPluginId() {
      return store.journalPluginId();
    }

    @Override
    public String snapshotPluginId() {
      return store.snapshotPluginId();
    }

    @Override
    public Recovery recovery() {
      return recovery;
    }

    @Override
    public Receive createReceiveRecover() {
      return receiveBuilder()
          .match(StoredEvent.class, replayed::add)
          .match(
              SnapshotOffer.class,
              offer -> offered = Optional.of((StoredSnapshot) offer.snapshot()))
          .match(
              RecoveryCompleted.class,
              done -> tell(new Recovered(offered, List.copyOf(replayed), lastSequenceNr())))
          .build();
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder()
          .match(Append.class, append -> persistAllAsync(append.events(), this::stored))
          .match(Save.class, save -> saveSnapshot(save.snapshot()))
          .match(DeleteTo.class, delete -> deleteMessages(delete.sequence()))
          .match(DeleteSnapshotsFrom.class, this::deleteSnapshots)
          .match(SaveSnapshotSuccess.class, this::tell)
          .match(SaveSnapshotFailure.class, this::tell)
          .match(DeleteMessagesSuccess.class, this::tell)
          .match(DeleteSnapshotsSuccess.class, this::tell)
          .build();
    }

    private void stored(Object event) {
      tell(new Stored((StoredEvent) event));
    }

    private void deleteSnapshots(DeleteSnapshotsFrom delete) {
      deleteSnapshots(
          SnapshotSelectionCriteria.create(Long.MAX_VALUE, Long.MAX_VALUE, delete.sequence(), 0));
    }

    @Override
    public void onPersistFailure(Throwable cause, Object event, long sequence) {
      tell(new Failed(cause, sequence));
    }

    @Override
    public void onRecoveryFailure(Throwable cause, scala.Option<Object> event) {
      tell(new Failed(cause, 0));
    }

    private void tell(Object message) {
      observer.tell(message, getSelf());
    }
  }
}
