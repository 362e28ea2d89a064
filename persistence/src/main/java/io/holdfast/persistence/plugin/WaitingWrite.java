// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.plugin;

import akka.actor.ActorRef;
import akka.persistence.AtomicWrite;
import akka.persistence.JournalProtocol.LoopMessageSuccess;
import akka.persistence.JournalProtocol.WriteMessageFailure;
import akka.persistence.JournalProtocol.WriteMessageSuccess;
import akka.persistence.JournalProtocol.WriteMessages;
import akka.persistence.JournalProtocol.WriteMessagesFailed;
import akka.persistence.JournalProtocol.WriteMessagesSuccessful$;
import akka.persistence.NonPersistentRepr;
import akka.persistence.PersistentEnvelope;
import akka.persistence.PersistentRepr;
import io.holdfast.persistence.WriteRefusedException;
import io.holdfast.storage.v1.StoredEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;

/** What one persistent actor asked to store, and how it is answered. */
public final class WaitingWrite implements Outcome {

  private final WriteMessages write;
  private final ActorRef journal;

  public WaitingWrite(WriteMessages write, ActorRef journal) {
    this.write = write;
    this.journal = journal;
  }

  /** The entity that all of it is about; null when nothing of it is to be stored. */
  public static @Nullable String persistenceId(WriteMessages write) {
    for (Iterator<PersistentEnvelope> all = write.messages().iterator(); all.hasNext(); ) {
      if (all.next() instanceof AtomicWrite atomic) {
        return atomic.persistenceId();
      }
    }
    return null;
  }

  /** Of the first event; 0 when nothing is to be stored. */
  public long firstSequence() {
    for (Iterator<PersistentEnvelope> all = write.messages().iterator(); all.hasNext(); ) {
      if (all.next() instanceof AtomicWrite atomic) {
        return atomic.lowestSequenceNr();
      }
    }
    return 0;
  }

  /**
   * Looks at everything before anything goes into the group, since a group only grows.
   *
   * @param lastSequence of the entity's events before this write
   * @throws WriteRefusedException when it does not continue them
   */
  public void check(long lastSequence) {
    long expected = lastSequence + 1;
    for (Iterator<PersistentEnvelope> all = write.messages().iterator(); all.hasNext(); ) {
      if (all.next() instanceof AtomicWrite atomic) {
        for (Iterator<PersistentRepr> each = atomic.payload().iterator(); each.hasNext(); ) {
          check(each.next(), expected++);
        }
      }
    }
  }

  private static void check(PersistentRepr event, long expected) {
    if (event.sequenceNr() != expected) {
      throw WriteRefusedException.outOfSequence(
          event.persistenceId(), event.sequenceNr(), expected);
    }
    if (!(event.payload() instanceof StoredEvent stored)) {
      throw WriteRefusedException.notStorable(
          event.persistenceId(),
          "an event must be a StoredEvent, not a " + event.payload().getClass().getName());
    }
    if (stored.getSequence() != expected) {
      throw WriteRefusedException.notStorable(
          event.persistenceId(),
          "event " + expected + " says of itself that it is " + stored.getSequence());
    }
  }

  /** The events in order, once they are checked. */
  public void forEach(Consumer<StoredEvent> visitor) {
    for (Iterator<PersistentEnvelope> all = write.messages().iterator(); all.hasNext(); ) {
      if (all.next() instanceof AtomicWrite atomic) {
        for (Iterator<PersistentRepr> each = atomic.payload().iterator(); each.hasNext(); ) {
          visitor.accept((StoredEvent) each.next().payload());
        }
      }
    }
  }

  @Override
  public void stored() {
    ActorRef entity = write.persistentActor();
    entity.tell(WriteMessagesSuccessful$.MODULE$, journal);
    for (Iterator<PersistentEnvelope> all = write.messages().iterator(); all.hasNext(); ) {
      PersistentEnvelope envelope = all.next();
      if (envelope instanceof AtomicWrite atomic) {
        for (Iterator<PersistentRepr> each = atomic.payload().iterator(); each.hasNext(); ) {
          PersistentRepr event = each.next();
          entity.tell(new WriteMessageSuccess(event, write.actorInstanceId()), event.sender());
        }
      } else {
        passBack(envelope);
      }
    }
  }

  @Override
  public void failed(RuntimeException cause) {
    ActorRef entity = write.persistentActor();
    entity.tell(new WriteMessagesFailed(cause, atomicWrites()), journal);
    for (Iterator<PersistentEnvelope> all = write.messages().iterator(); all.hasNext(); ) {
      PersistentEnvelope envelope = all.next();
      if (envelope instanceof AtomicWrite atomic) {
        for (Iterator<PersistentRepr> each = atomic.payload().iterator(); each.hasNext(); ) {
          PersistentRepr event = each.next();
          entity.tell(
              new WriteMessageFailure(event, cause, write.actorInstanceId()), event.sender());
        }
      } else {
        passBack(envelope);
      }
    }
  }

  private int atomicWrites() {
    int count = 0;
    for (Iterator<PersistentEnvelope> all = write.messages().iterator(); all.hasNext(); ) {
      count += all.next() instanceof AtomicWrite ? 1 : 0;
    }
    return count;
  }

  private void passBack(PersistentEnvelope envelope) {
    if (envelope instanceof NonPersistentRepr loop) {
      write
          .persistentActor()
          .tell(new LoopMessageSuccess(loop.payload(), write.actorInstanceId()), loop.sender());
    }
  }
}
