// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.journal;

import io.holdfast.persistence.record.EntityKeys;
import io.holdfast.persistence.record.EventRecords;
import io.holdfast.persistence.record.RecordBatch;
import io.holdfast.persistence.record.Records;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back the space of events that are deleted, and so invisible, already. If it is cut short,
 * the entity's next deletion takes the rest.
 */
record Purge(Records records, EntityKeys keys, long upTo) implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(Purge.class);
  private static final int EVENTS_PER_COMMIT = 1000;

  @Override
  public void run() {
    try {
      var batch = new RecordBatch();
      while (new EventRecords(records).purge(batch, keys, upTo, EVENTS_PER_COMMIT)) {
        records.commit(batch);
        batch.clear();
      }
    } catch (RuntimeException e) {
      log.warn("The space of deleted events of {} is not free yet", keys.persistenceId(), e);
    }
  }
}
