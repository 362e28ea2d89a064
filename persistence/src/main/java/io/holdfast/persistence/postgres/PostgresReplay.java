// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres;

import io.holdfast.persistence.plugin.WaitingReplay;
import io.holdfast.persistence.record.LogRecords.Page;
import io.holdfast.storage.v1.StoredEvent;
import java.util.List;

/** Reads what a persistent actor needs to recover. */
record PostgresReplay(StoredEvents events, WaitingReplay waiting) implements Runnable {

  @Override
  public void run() {
    try {
      long highest = events.lastSequence(waiting.persistenceId());
      give(waiting.to(highest));
      waiting.done(highest);
    } catch (RuntimeException e) {
      waiting.failed(e);
    }
  }

  private void give(long to) {
    long left = waiting.eventsMax();
    var page = new Page<StoredEvent, Long>(List.of(), waiting.from(), true);
    while (left > 0 && page.more() && page.reached() <= to) {
      page = events.page(waiting.persistenceId(), page.reached(), to);
      for (StoredEvent event : page.items()) {
        if (left-- > 0) {
          waiting.give(event);
        }
      }
    }
  }
}
