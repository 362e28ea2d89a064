// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.journal;

import akka.actor.ActorRef;
import io.holdfast.persistence.journal.JournalMessage.Along;
import io.holdfast.persistence.plugin.Outcome;
import io.holdfast.persistence.record.EntityKeys;
import io.holdfast.persistence.record.EventRecords;
import io.holdfast.persistence.record.EventRecords.Leftovers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives back the space of events that are deleted, and so invisible, already: some at a time, along
 * with what the journal writes anyway. If it is cut short, the entity's next deletion takes the
 * rest.
 */
record Purge(OpenStore store, ActorRef journal, EntityKeys keys, long from, long upTo)
    implements Runnable, Outcome {

  private static final Logger log = LoggerFactory.getLogger(Purge.class);
  private static final int EVENTS_AT_A_TIME = 1000;

  @Override
  public void run() {
    try {
      Leftovers found =
          new EventRecords(store.records()).leftovers(keys, from, upTo, EVENTS_AT_A_TIME);
      if (!found.keys().isEmpty()) {
        var rest = new Purge(store, journal, keys, found.next(), upTo);
        journal.tell(new Along(batch -> found.keys().forEach(batch::delete), rest), journal);
      }
    } catch (RuntimeException e) {
      failed(e);
    }
  }

  /** The part before this one is gone. */
  @Override
  public void stored() {
    store.reads().execute(this);
  }

  @Override
  public void failed(RuntimeException cause) {
    log.warn("The space of deleted events of {} is not free yet", keys.persistenceId(), cause);
  }
}
