// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.journal;

import io.holdfast.persistence.plugin.Outcome;
import io.holdfast.persistence.record.EntityKeys;
import io.holdfast.persistence.record.RecordBatch;
import io.holdfast.storage.v1.StoredValue;
import java.util.function.Consumer;

/** What the journal is told beside Akka's own requests. Never leaves the process. */
sealed interface JournalMessage {

  /** The journal to itself: everything that was waiting is in the group, store it. */
  enum Commit implements JournalMessage {
    COMMIT
  }

  /** A reader found an entity's last sequence number; it looked in this generation of heads. */
  record Found(EntityKeys keys, long lastSequence, long generation) implements JournalMessage {}

  /** A value that takes the place of the one before. */
  record Put(String persistenceId, StoredValue value, Outcome outcome) implements JournalMessage {}

  /** Records of another kind that go along with the next group. */
  record Along(Consumer<RecordBatch> records, Outcome outcome) implements JournalMessage {}
}
