// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.eventsourced;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.persistence.AtomicWrite;
import akka.persistence.JournalProtocol.RecoverySuccess;
import akka.persistence.JournalProtocol.ReplayMessages;
import akka.persistence.JournalProtocol.ReplayMessagesFailure;
import akka.persistence.JournalProtocol.WriteMessageFailure;
import akka.persistence.JournalProtocol.WriteMessageRejected;
import akka.persistence.JournalProtocol.WriteMessageSuccess;
import akka.persistence.JournalProtocol.WriteMessages;
import akka.persistence.Persistence;
import akka.persistence.PersistentEnvelope;
import akka.persistence.PersistentRepr;
import akka.persistence.PersistentRepr$;
import com.typesafe.config.ConfigFactory;
import io.holdfast.storage.v1.StoredEvent;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import scala.collection.immutable.Seq;
import scala.collection.mutable.ListBuffer;

/**
 * One entity's end of the journal, which is whatever journal plugin the actor system has. Writes
 * are pipelined: while one is under way, those that come are gathered for the next. It speaks the
 * protocol between Akka's persistent actors and journals itself, because those actors are built to
 * be sent their events, which the function gets instead.
 *
 * <p>Used by the entity's actor alone, which hands it every message that it does not know itself.
 */
final class EntityJournal {

  /** Told by the entity's own thread how it goes. */
  interface Listener {

    /** The last sequence number that was ever stored was looked up; 0 when there is none. */
    void lookedUp(long lastSequence);

    void lookUpFailed(Throwable cause);

    /**
     * The journal could not store a write, and so none after it. What comes from the journal later
     * means nothing any more.
     */
    void failed(Throwable cause);
  }

  // Plugins hold a write in memory more than once, and some stores limit its size.
  private static final int EVENTS_PER_WRITE_MAX = 200;
  private static final AtomicInteger instances = new AtomicInteger();

  private final String persistenceId;
  private final ActorRef journal;
  private final ActorRef self;
  private final Listener listener;
  private final int instance = instances.incrementAndGet();
  private final String writer = UUID.randomUUID().toString();

  /** Changes in the order of their calls. The first {@code sent} of them are with the journal. */
  private final ArrayDeque<Change> changes = new ArrayDeque<>(4);

  private int sent;

  /** The events of one command, which are none for a reply that only waits for those before. */
  private record Change(List<StoredEvent> events, Runnable stored) {}

  EntityJournal(String persistenceId, ActorSystem system, ActorRef self, Listener listener) {
    this.persistenceId = persistenceId;
    this.journal = Persistence.get(system).journalFor("", ConfigFactory.empty());
    this.self = self;
    this.listener = listener;
  }

  /** Asks for the last sequence number. */
  void lookUp() {
    journal.tell(new ReplayMessages(1, Long.MAX_VALUE, 0, persistenceId, self), self);
  }

  /**
   * Stores the events, all or none, after those of all calls before; then runs {@code stored}. No
   * events are stored as soon as nothing before them is under way.
   */
  void append(List<StoredEvent> events, Runnable stored) {
    changes.add(new Change(events, stored));
    if (sent == 0) {
      proceed();
    }
  }

  /** Whether the message came from the journal, and so was dealt with. */
  boolean receive(Object message) {
    if (message instanceof WriteMessageSuccess success) {
      if (success.actorInstanceId() == instance) {
        stored((StoredEvent) success.persistent().payload());
      }
    } else if (message instanceof WriteMessageFailure failure) {
      if (failure.actorInstanceId() == instance) {
        fail(failure.cause());
      }
    } else if (message instanceof WriteMessageRejected rejected) {
      if (rejected.actorInstanceId() == instance) {
        fail(rejected.cause());
      }
    } else if (message instanceof RecoverySuccess success) {
      listener.lookedUp(success.highestSequenceNr());
    } else if (message instanceof ReplayMessagesFailure failure) {
      listener.lookUpFailed(failure.cause());
    } else {
      // The journal also tells of whole writes; each of their events is told of as well.
      return message instanceof akka.persistence.JournalProtocol.Response;
    }
    return true;
  }

  private void stored(StoredEvent event) {
    if (event.getRemaining() > 0 || sent == 0) {
      return;
    }
    Change oldest = changes.remove();
    sent--;
    oldest.stored().run();
    proceed();
  }

  private void fail(Throwable cause) {
    if (sent > 0) {
      changes.clear();
      sent = 0;
      listener.failed(cause);
    }
  }

  /** Nothing is under way: ends what needs no write, and sends what does. */
  private void proceed() {
    while (sent == 0) {
      Change next = changes.peek();
      if (next == null) {
        return;
      }
      if (next.events().isEmpty()) {
        changes.remove();
        next.stored().run();
      } else {
        send();
      }
    }
  }

  private void send() {
    var writes = new ListBuffer<PersistentEnvelope>();
    int events = 0;
    for (Iterator<Change> all = changes.iterator(); all.hasNext(); ) {
      Change change = all.next();
      if (change.events().isEmpty() || (events > 0 && tooMany(events, change))) {
        break;
      }
      events += change.events().size();
      writes.addOne(new AtomicWrite(envelopes(change.events())));
      sent++;
    }
    journal.tell(new WriteMessages(writes.toList(), self, instance), self);
  }

  private static boolean tooMany(int events, Change more) {
    return events + more.events().size() > EVENTS_PER_WRITE_MAX;
  }

  private Seq<PersistentRepr> envelopes(List<StoredEvent> events) {
    var envelopes = new ListBuffer<PersistentRepr>();
    for (StoredEvent event : events) {
      envelopes.addOne(
          PersistentRepr$.MODULE$.apply(
              event,
              event.getSequence(),
              persistenceId,
              PersistentRepr$.MODULE$.Undefined(),
              false,
              ActorRef.noSender(),
              writer));
    }
    return envelopes.toList();
  }
}
