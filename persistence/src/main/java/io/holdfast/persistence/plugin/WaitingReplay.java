// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.plugin;

import akka.actor.ActorRef;
import akka.persistence.JournalProtocol.RecoverySuccess;
import akka.persistence.JournalProtocol.ReplayMessages;
import akka.persistence.JournalProtocol.ReplayMessagesFailure;
import akka.persistence.JournalProtocol.ReplayedMessage;
import akka.persistence.PersistentRepr;
import io.holdfast.storage.v1.StoredEvent;

/**
 * A persistent actor that recovers, and how it is answered. Akka's protocol sends it all events
 * without asking how fast it can take them: entities with long histories ask for none and read them
 * through {@link io.holdfast.persistence.EventReader}.
 */
public record WaitingReplay(ReplayMessages request, ActorRef journal) {

  public String persistenceId() {
    return request.persistenceId();
  }

  /** The first sequence number that is asked for. */
  public long from() {
    return Math.max(request.fromSequenceNr(), 1);
  }

  /** The last one, of an entity that has {@code highest}. */
  public long to(long highest) {
    return Math.min(request.toSequenceNr(), highest);
  }

  /** How many events are asked for. */
  public long eventsMax() {
    return request.max();
  }

  public void give(StoredEvent event) {
    var replayed =
        PersistentRepr.apply(
            event, event.getSequence(), persistenceId(), "", false, ActorRef.noSender(), "");
    request.persistentActor().tell(new ReplayedMessage(replayed), ActorRef.noSender());
  }

  public void done(long highest) {
    request.persistentActor().tell(new RecoverySuccess(highest), journal);
  }

  public void failed(RuntimeException cause) {
    request.persistentActor().tell(new ReplayMessagesFailure(cause), journal);
  }
}
