// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres;

import akka.actor.ActorRef;
import akka.actor.UntypedAbstractActor;
import akka.persistence.DeleteMessagesFailure;
import akka.persistence.DeleteMessagesSuccess;
import akka.persistence.JournalProtocol.DeleteMessagesTo;
import akka.persistence.JournalProtocol.ReplayMessages;
import akka.persistence.JournalProtocol.WriteMessages;
import io.holdfast.persistence.plugin.Outcome;
import io.holdfast.persistence.plugin.PluginStore;
import io.holdfast.persistence.plugin.WaitingReplay;
import io.holdfast.persistence.plugin.WaitingWrite;

/** The journal: hands everything on to the lane of its entity, and never blocks. */
public final class PostgresJournal extends UntypedAbstractActor {

  private final PostgresStore store;

  /** Akka makes it. */
  public PostgresJournal() {
    this.store = (PostgresStore) PluginStore.of(getContext().getSystem());
  }

  @Override
  public void onReceive(Object message) {
    if (message instanceof WriteMessages write) {
      var waiting = new WaitingWrite(write, getSelf());
      String persistenceId = WaitingWrite.persistenceId(write);
      if (persistenceId == null) {
        waiting.stored();
      } else {
        store.lane(persistenceId).submit(new LaneTask.Append(persistenceId, waiting));
      }
    } else if (message instanceof ReplayMessages replay) {
      var waiting = new WaitingReplay(replay, getSelf());
      store.lane(replay.persistenceId()).submit(store.replay(waiting));
    } else if (message instanceof DeleteMessagesTo delete) {
      delete(delete);
    } else {
      unhandled(message);
    }
  }

  private void delete(DeleteMessagesTo delete) {
    ActorRef entity = delete.persistentActor();
    long upTo = delete.toSequenceNr();
    var outcome =
        new Outcome() {
          @Override
          public void stored() {
            entity.tell(new DeleteMessagesSuccess(upTo), getSelf());
          }

          @Override
          public void failed(RuntimeException cause) {
            entity.tell(new DeleteMessagesFailure(cause, upTo), getSelf());
          }
        };
    String persistenceId = delete.persistenceId();
    store.lane(persistenceId).submit(new LaneTask.Delete(persistenceId, upTo, outcome));
  }
}
