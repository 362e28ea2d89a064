// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.journal;

import akka.actor.ActorRef;
import io.holdfast.persistence.journal.JournalMessage.Along;
import io.holdfast.persistence.plugin.KeptSnapshots;
import io.holdfast.persistence.plugin.Outcome;
import io.holdfast.persistence.record.EntityKeys;
import io.holdfast.persistence.record.RecordBatch;
import io.holdfast.persistence.record.Records;
import io.holdfast.persistence.record.SnapshotRecords;
import io.holdfast.storage.v1.StoredSnapshot;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Snapshots as records. They go to disk with the journal's next group of writes, and older ones of
 * the same entity go away in the same write.
 */
final class RecordSnapshots implements KeptSnapshots {

  private final SnapshotRecords snapshots;
  private final Executor reads;
  private final ActorRef journal;

  RecordSnapshots(Records records, Executor reads, ActorRef journal) {
    this.snapshots = new SnapshotRecords(records);
    this.reads = reads;
    this.journal = journal;
  }

  @Override
  public CompletionStage<Optional<StoredSnapshot>> latest(Selection among) {
    return CompletableFuture.supplyAsync(
        () ->
            Optional.ofNullable(
                snapshots.latest(
                    new EntityKeys(among.persistenceId()),
                    among.fromSequence(),
                    among.toSequence(),
                    among::includesTimeOf)),
        reads);
  }

  @Override
  public CompletionStage<Void> save(String persistenceId, StoredSnapshot snapshot) {
    return CompletableFuture.supplyAsync(
            () -> {
              var keys = new EntityKeys(persistenceId);
              var older = snapshots.sequences(keys, 0, snapshot.getSequence() - 1, any -> true);
              return write(
                  batch -> {
                    SnapshotRecords.save(batch, keys, snapshot);
                    older.forEach(each -> SnapshotRecords.delete(batch, keys, each));
                  });
            },
            reads)
        .thenCompose(written -> written);
  }

  @Override
  public CompletionStage<Void> delete(Selection which) {
    return CompletableFuture.supplyAsync(
            () -> {
              var keys = new EntityKeys(which.persistenceId());
              var sequences =
                  snapshots.sequences(
                      keys, which.fromSequence(), which.toSequence(), which::includesTimeOf);
              return write(
                  batch -> sequences.forEach(each -> SnapshotRecords.delete(batch, keys, each)));
            },
            reads)
        .thenCompose(written -> written);
  }

  private CompletionStage<Void> write(Consumer<RecordBatch> records) {
    var done = new CompletableFuture<Void>();
    journal.tell(new Along(records, Outcome.completing(done)), ActorRef.noSender());
    return done;
  }
}
