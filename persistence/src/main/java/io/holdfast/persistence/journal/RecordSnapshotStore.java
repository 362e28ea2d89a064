// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.journal;

import akka.actor.ActorRef;
import akka.actor.UntypedAbstractActor;
import akka.persistence.DeleteSnapshotFailure;
import akka.persistence.DeleteSnapshotSuccess;
import akka.persistence.DeleteSnapshotsFailure;
import akka.persistence.DeleteSnapshotsSuccess;
import akka.persistence.Persistence;
import akka.persistence.SaveSnapshotFailure;
import akka.persistence.SaveSnapshotSuccess;
import akka.persistence.SelectedSnapshot;
import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotProtocol.DeleteSnapshot;
import akka.persistence.SnapshotProtocol.DeleteSnapshots;
import akka.persistence.SnapshotProtocol.LoadSnapshot;
import akka.persistence.SnapshotProtocol.LoadSnapshotFailed;
import akka.persistence.SnapshotProtocol.LoadSnapshotResult;
import akka.persistence.SnapshotProtocol.SaveSnapshot;
import akka.persistence.SnapshotSelectionCriteria;
import com.typesafe.config.ConfigFactory;
import io.holdfast.persistence.WriteRefusedException;
import io.holdfast.persistence.journal.JournalMessage.Along;
import io.holdfast.persistence.record.EntityKeys;
import io.holdfast.persistence.record.RecordBatch;
import io.holdfast.persistence.record.SnapshotRecords;
import io.holdfast.storage.v1.StoredSnapshot;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import scala.Option;

/**
 * The snapshot store. Snapshots go to disk with the journal's next group of writes, and older ones
 * of the same entity go away in the same write. The time that criteria are compared with is the
 * snapshot's own, in milliseconds.
 */
public final class RecordSnapshotStore extends UntypedAbstractActor {

  private final OpenStore store;
  private final SnapshotRecords snapshots;
  private final ActorRef journal;

  /** Akka makes it. */
  public RecordSnapshotStore() {
    this.store = StoreExtension.storeOf(getContext().getSystem());
    this.snapshots = new SnapshotRecords(store.records());
    this.journal =
        Persistence.get(getContext().getSystem())
            .journalFor(store.journalPluginId(), ConfigFactory.empty());
  }

  @Override
  public void onReceive(Object message) {
    ActorRef entity = getSender();
    if (message instanceof LoadSnapshot load) {
      store.reads().execute(() -> load(load, entity));
    } else if (message instanceof SaveSnapshot save) {
      store.reads().execute(() -> save(save, entity));
    } else if (message instanceof DeleteSnapshot delete) {
      SnapshotMetadata deleted = delete.metadata();
      store.reads().execute(() -> delete(deleted, entity));
    } else if (message instanceof DeleteSnapshots delete) {
      store.reads().execute(() -> delete(delete, entity));
    } else {
      unhandled(message);
    }
  }

  private void load(LoadSnapshot load, ActorRef entity) {
    try {
      SnapshotSelectionCriteria criteria = load.criteria();
      long to = Math.min(criteria.maxSequenceNr(), load.toSequenceNr());
      StoredSnapshot found =
          snapshots.latest(
              new EntityKeys(load.persistenceId()), criteria.minSequenceNr(), to, fits(criteria));
      Option<SelectedSnapshot> selected =
          found == null
              ? Option.empty()
              : Option.apply(SelectedSnapshot.create(metadata(load.persistenceId(), found), found));
      entity.tell(new LoadSnapshotResult(selected, load.toSequenceNr()), getSelf());
    } catch (RuntimeException e) {
      entity.tell(new LoadSnapshotFailed(e), getSelf());
    }
  }

  private void save(SaveSnapshot save, ActorRef entity) {
    SnapshotMetadata metadata = save.metadata();
    String persistenceId = metadata.persistenceId();
    if (!(save.snapshot() instanceof StoredSnapshot snapshot)
        || snapshot.getSequence() != metadata.sequenceNr()) {
      var refused =
          WriteRefusedException.notStorable(
              persistenceId,
              "a snapshot must be a StoredSnapshot of sequence number " + metadata.sequenceNr());
      entity.tell(new SaveSnapshotFailure(metadata, refused), getSelf());
      return;
    }
    try {
      var keys = new EntityKeys(persistenceId);
      var older = snapshots.sequences(keys, 0, snapshot.getSequence() - 1, any -> true);
      write(
          batch -> {
            SnapshotRecords.save(batch, keys, snapshot);
            older.forEach(each -> SnapshotRecords.delete(batch, keys, each));
          },
          entity,
          new SaveSnapshotSuccess(metadata(persistenceId, snapshot)),
          cause -> new SaveSnapshotFailure(metadata, cause));
    } catch (RuntimeException e) {
      entity.tell(new SaveSnapshotFailure(metadata, e), getSelf());
    }
  }

  private void delete(SnapshotMetadata metadata, ActorRef entity) {
    var keys = new EntityKeys(metadata.persistenceId());
    write(
        batch -> SnapshotRecords.delete(batch, keys, metadata.sequenceNr()),
        entity,
        new DeleteSnapshotSuccess(metadata),
        cause -> new DeleteSnapshotFailure(metadata, cause));
  }

  private void delete(DeleteSnapshots delete, ActorRef entity) {
    SnapshotSelectionCriteria criteria = delete.criteria();
    try {
      var keys = new EntityKeys(delete.persistenceId());
      var sequences =
          snapshots.sequences(
              keys, criteria.minSequenceNr(), criteria.maxSequenceNr(), fits(criteria));
      write(
          batch -> sequences.forEach(each -> SnapshotRecords.delete(batch, keys, each)),
          entity,
          new DeleteSnapshotsSuccess(criteria),
          cause -> new DeleteSnapshotsFailure(criteria, cause));
    } catch (RuntimeException e) {
      entity.tell(new DeleteSnapshotsFailure(criteria, e), getSelf());
    }
  }

  private void write(
      Consumer<RecordBatch> records,
      ActorRef entity,
      Object success,
      Function<RuntimeException, Object> failure) {
    var outcome =
        new Outcome() {
          @Override
          public void stored() {
            entity.tell(success, getSelf());
          }

          @Override
          public void failed(RuntimeException cause) {
            entity.tell(failure.apply(cause), getSelf());
          }
        };
    journal.tell(new Along(records, outcome), getSelf());
  }

  private static Predicate<StoredSnapshot> fits(SnapshotSelectionCriteria criteria) {
    return snapshot ->
        timeMillis(snapshot) >= criteria.minTimestamp()
            && timeMillis(snapshot) <= criteria.maxTimestamp();
  }

  private static SnapshotMetadata metadata(String persistenceId, StoredSnapshot snapshot) {
    return new SnapshotMetadata(persistenceId, snapshot.getSequence(), timeMillis(snapshot));
  }

  private static long timeMillis(StoredSnapshot snapshot) {
    return TimeUnit.MICROSECONDS.toMillis(snapshot.getTimeMicros());
  }
}
