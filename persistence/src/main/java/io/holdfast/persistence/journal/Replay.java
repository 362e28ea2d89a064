// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.journal;

import akka.actor.ActorRef;
import akka.persistence.JournalProtocol.RecoverySuccess;
import akka.persistence.JournalProtocol.ReplayMessages;
import akka.persistence.JournalProtocol.ReplayMessagesFailure;
import akka.persistence.JournalProtocol.ReplayedMessage;
import akka.persistence.PersistentRepr;
import io.holdfast.persistence.journal.JournalMessage.Found;
import io.holdfast.persistence.record.EntityKeys;
import io.holdfast.persistence.record.EventRecords;
import io.holdfast.persistence.record.EventRecords.Chunk;
import io.holdfast.persistence.record.EventRecords.ChunkSize;
import io.holdfast.persistence.record.Records;
import io.holdfast.storage.v1.StoredEvent;

/**
 * Answers a persistent actor that recovers. Akka's protocol sends it all events without asking how
 * fast it can take them: entities with long histories ask for none and read them through {@link
 * io.holdfast.persistence.EventReader}.
 */
record Replay(Records records, ReplayMessages request, long generation, ActorRef journal)
    implements Runnable {

  private static final long CHUNK_BYTES = 512 * 1024;
  private static final int CHUNK_EVENTS = 512;

  @Override
  public void run() {
    ActorRef entity = request.persistentActor();
    try {
      var events = new EventRecords(records);
      var keys = new EntityKeys(request.persistenceId());
      long highest = events.highestSequence(keys);
      send(events, keys, Math.min(request.toSequenceNr(), highest));
      // First to the journal: the entity's next write comes after it.
      journal.tell(new Found(keys, highest, generation), journal);
      entity.tell(new RecoverySuccess(highest), journal);
    } catch (RuntimeException e) {
      entity.tell(new ReplayMessagesFailure(e), journal);
    }
  }

  private void send(EventRecords events, EntityKeys keys, long to) {
    long left = request.max();
    long from = Math.max(request.fromSequenceNr(), 1);
    while (left > 0 && from <= to) {
      var size = new ChunkSize((int) Math.min(left, CHUNK_EVENTS), CHUNK_BYTES);
      Chunk chunk = events.read(keys, from, to, size);
      for (StoredEvent event : chunk.events()) {
        request.persistentActor().tell(new ReplayedMessage(replayed(event)), ActorRef.noSender());
      }
      left -= chunk.events().size();
      from = chunk.more() ? chunk.next() : Long.MAX_VALUE;
    }
  }

  private PersistentRepr replayed(StoredEvent event) {
    return PersistentRepr.apply(
        event, event.getSequence(), request.persistenceId(), "", false, ActorRef.noSender(), "");
  }
}
