// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.journal;

import akka.actor.ActorRef;
import io.holdfast.persistence.Values;
import io.holdfast.persistence.journal.JournalMessage.Put;
import io.holdfast.persistence.plugin.Outcome;
import io.holdfast.persistence.record.EntityKeys;
import io.holdfast.persistence.record.Records;
import io.holdfast.persistence.record.ValueRecords;
import io.holdfast.storage.v1.StoredValue;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Values as records, written by the journal along with everything else. */
record RecordValues(Records records, Executor reads, ActorRef journal) implements Values {

  @Override
  public CompletionStage<Optional<StoredValue>> get(String persistenceId) {
    var keys = new EntityKeys(persistenceId);
    return CompletableFuture.supplyAsync(
        () -> Optional.ofNullable(new ValueRecords(records).get(keys)), reads);
  }

  @Override
  public CompletionStage<Void> put(String persistenceId, StoredValue value) {
    var done = new CompletableFuture<Void>();
    journal.tell(new Put(persistenceId, value, Outcome.completing(done)), ActorRef.noSender());
    return done;
  }
}
