// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.journal;

import akka.actor.ActorRef;
import io.holdfast.persistence.journal.JournalMessage.Found;
import io.holdfast.persistence.plugin.WaitingReplay;
import io.holdfast.persistence.record.EntityKeys;
import io.holdfast.persistence.record.EventRecords;
import io.holdfast.persistence.record.EventRecords.Chunk;
import io.holdfast.persistence.record.EventRecords.ChunkSize;
import io.holdfast.persistence.record.Records;

/** Reads what a persistent actor needs to recover, and tells the journal where it ends. */
record Replay(Records records, WaitingReplay waiting, long generation) implements Runnable {

  private static final long CHUNK_BYTES = 512 * 1024;
  private static final int CHUNK_EVENTS = 512;

  @Override
  public void run() {
    try {
      var events = new EventRecords(records);
      var keys = new EntityKeys(waiting.persistenceId());
      long highest = events.highestSequence(keys);
      send(events, keys, waiting.to(highest));
      // First to the journal: the entity's next write comes after it.
      ActorRef journal = waiting.journal();
      journal.tell(new Found(keys, highest, generation), journal);
      waiting.done(highest);
    } catch (RuntimeException e) {
      waiting.failed(e);
    }
  }

  private void send(EventRecords events, EntityKeys keys, long to) {
    long left = waiting.eventsMax();
    long from = waiting.from();
    while (left > 0 && from <= to) {
      var size = new ChunkSize((int) Math.min(left, CHUNK_EVENTS), CHUNK_BYTES);
      Chunk chunk = events.read(keys, from, to, size);
      chunk.events().forEach(waiting::give);
      left -= chunk.events().size();
      from = chunk.more() ? chunk.next() : Long.MAX_VALUE;
    }
  }
}
