// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.plugin;

import akka.persistence.SnapshotSelectionCriteria;
import io.holdfast.storage.v1.StoredSnapshot;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Keeps snapshots. Never blocks its caller. Failures end the stages, none is thrown. */
public interface KeptSnapshots {

  /** The one with the highest sequence number. */
  CompletionStage<Optional<StoredSnapshot>> latest(Selection among);

  /** Completes once the snapshot is durable and older ones of its entity are gone. */
  CompletionStage<Void> save(String persistenceId, StoredSnapshot snapshot);

  CompletionStage<Void> delete(Selection which);

  /** The time that snapshots are selected by: their own, in milliseconds. */
  static long timeMillis(StoredSnapshot snapshot) {
    return TimeUnit.MICROSECONDS.toMillis(snapshot.getTimeMicros());
  }

  /** Some snapshots of one entity; both ends of the two ranges are included. */
  record Selection(
      String persistenceId, long fromSequence, long toSequence, long fromMillis, long toMillis) {

    static Selection of(String persistenceId, SnapshotSelectionCriteria criteria) {
      return new Selection(
          persistenceId,
          criteria.minSequenceNr(),
          criteria.maxSequenceNr(),
          criteria.minTimestamp(),
          criteria.maxTimestamp());
    }

    Selection upTo(long sequence) {
      return new Selection(
          persistenceId, fromSequence, Math.min(toSequence, sequence), fromMillis, toMillis);
    }

    /** Whether a snapshot whose number is in range was also taken in time. */
    public boolean includesTimeOf(StoredSnapshot snapshot) {
      long millis = timeMillis(snapshot);
      return millis >= fromMillis && millis <= toMillis;
    }
  }
}
