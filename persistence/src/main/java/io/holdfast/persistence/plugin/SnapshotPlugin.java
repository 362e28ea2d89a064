// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.plugin;

import akka.actor.ActorRef;
import akka.actor.UntypedAbstractActor;
import akka.persistence.DeleteSnapshotFailure;
import akka.persistence.DeleteSnapshotSuccess;
import akka.persistence.DeleteSnapshotsFailure;
import akka.persistence.DeleteSnapshotsSuccess;
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
import io.holdfast.persistence.WriteRefusedException;
import io.holdfast.persistence.plugin.KeptSnapshots.Selection;
import io.holdfast.storage.v1.StoredSnapshot;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import scala.Option;

/**
 * The snapshot store of Akka Persistence, over whatever the open store keeps snapshots in. The time
 * that criteria are compared with is the snapshot's own, in milliseconds.
 */
public final class SnapshotPlugin extends UntypedAbstractActor {

  private final KeptSnapshots kept;

  /** Akka makes it. */
  public SnapshotPlugin() {
    this.kept = PluginStore.of(getContext().getSystem()).keptSnapshots();
  }

  @Override
  public void onReceive(Object message) {
    if (message instanceof LoadSnapshot load) {
      load(load);
    } else if (message instanceof SaveSnapshot save) {
      save(save);
    } else if (message instanceof DeleteSnapshot delete) {
      SnapshotMetadata one = delete.metadata();
      long sequence = one.sequenceNr();
      answer(
          kept.delete(new Selection(one.persistenceId(), sequence, sequence, 0, Long.MAX_VALUE)),
          gone -> new DeleteSnapshotSuccess(one),
          cause -> new DeleteSnapshotFailure(one, cause));
    } else if (message instanceof DeleteSnapshots delete) {
      answer(
          kept.delete(Selection.of(delete.persistenceId(), delete.criteria())),
          gone -> new DeleteSnapshotsSuccess(delete.criteria()),
          cause -> new DeleteSnapshotsFailure(delete.criteria(), cause));
    } else {
      unhandled(message);
    }
  }

  private void load(LoadSnapshot load) {
    String persistenceId = load.persistenceId();
    answer(
        kept.latest(Selection.of(persistenceId, load.criteria()).upTo(load.toSequenceNr())),
        found -> new LoadSnapshotResult(selected(persistenceId, found), load.toSequenceNr()),
        LoadSnapshotFailed::new);
  }

  private static Option<SelectedSnapshot> selected(
      String persistenceId, Optional<StoredSnapshot> found) {
    return found.isEmpty()
        ? Option.empty()
        : Option.apply(SelectedSnapshot.create(metadata(persistenceId, found.get()), found.get()));
  }

  private void save(SaveSnapshot save) {
    SnapshotMetadata metadata = save.metadata();
    String persistenceId = metadata.persistenceId();
    if (save.snapshot() instanceof StoredSnapshot snapshot
        && snapshot.getSequence() == metadata.sequenceNr()) {
      answer(
          kept.save(persistenceId, snapshot),
          saved -> new SaveSnapshotSuccess(metadata(persistenceId, snapshot)),
          cause -> new SaveSnapshotFailure(metadata, cause));
    } else {
      var refused =
          WriteRefusedException.notStorable(
              persistenceId,
              "a snapshot must be a StoredSnapshot of sequence number " + metadata.sequenceNr());
      getSender().tell(new SaveSnapshotFailure(metadata, refused), getSelf());
    }
  }

  private <T> void answer(
      CompletionStage<T> stage, Function<T, Object> success, Function<Throwable, Object> failure) {
    ActorRef entity = getSender();
    ActorRef self = getSelf();
    var unused =
        stage.whenComplete(
            (result, cause) ->
                entity.tell(
                    cause == null ? success.apply(result) : failure.apply(unwrapped(cause)), self));
  }

  private static Throwable unwrapped(Throwable cause) {
    return cause instanceof CompletionException && cause.getCause() != null
        ? cause.getCause()
        : cause;
  }

  private static SnapshotMetadata metadata(String persistenceId, StoredSnapshot snapshot) {
    return new SnapshotMetadata(
        persistenceId, snapshot.getSequence(), KeptSnapshots.timeMillis(snapshot));
  }
}
