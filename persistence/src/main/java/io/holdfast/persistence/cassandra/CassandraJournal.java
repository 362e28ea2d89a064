// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra;

import akka.Done;
import akka.actor.ActorRef;
import akka.actor.UntypedAbstractActor;
import akka.persistence.DeleteMessagesFailure;
import akka.persistence.DeleteMessagesSuccess;
import akka.persistence.JournalProtocol.DeleteMessagesTo;
import akka.persistence.JournalProtocol.RecoverySuccess;
import akka.persistence.JournalProtocol.ReplayMessages;
import akka.persistence.JournalProtocol.ReplayMessagesFailure;
import akka.persistence.JournalProtocol.ReplayedMessage;
import akka.persistence.JournalProtocol.WriteMessages;
import akka.persistence.PersistentRepr;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.WriteRefusedException;
import io.holdfast.persistence.cassandra.OwnedEntity.Request;
import io.holdfast.persistence.cassandra.block.EntityKey;
import io.holdfast.persistence.cassandra.block.Places;
import io.holdfast.persistence.cassandra.claim.Claims.Claim;
import io.holdfast.persistence.cassandra.database.CassandraFailure;
import io.holdfast.persistence.plugin.WaitingWrite;
import io.holdfast.storage.v1.StoredEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The journal. Entities do not wait for each other; the requests of one entity are dealt with one
 * after the other, so that a recovery sees what was written before it.
 *
 * <pre>
 *   unknown --claim--> held --write--> held
 *   held --a write of unknown outcome, or another claimer--> unknown
 * </pre>
 */
public final class CassandraJournal extends UntypedAbstractActor {

  private final CassandraStore store;
  private final Map<String, OwnedEntity> entities;

  /** What is to be done now that an answer of the servers is there. */
  private record Answered(Runnable step) {}

  /** Akka makes it. */
  public CassandraJournal() {
    this.store = CassandraStore.of(getContext().getSystem());
    int entitiesMax = store.settings().rememberedEntities();
    this.entities =
        new LinkedHashMap<>(1024, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, OwnedEntity> eldest) {
            return size() > entitiesMax && !eldest.getValue().isBusy();
          }
        };
  }

  @Override
  public void onReceive(Object message) {
    if (message instanceof Answered answered) {
      answered.step().run();
    } else if (message instanceof WriteMessages write) {
      write(new WaitingWrite(write, getSelf()), WaitingWrite.persistenceId(write));
    } else if (message instanceof ReplayMessages replay) {
      replay(replay);
    } else if (message instanceof DeleteMessagesTo delete) {
      delete(delete);
    } else {
      unhandled(message);
    }
  }

  /** Once an entity's turn comes, and it is claimed. */
  private void enqueue(
      String persistenceId,
      boolean isWrite,
      Consumer<OwnedEntity> begin,
      Consumer<RuntimeException> fail) {
    OwnedEntity entity;
    try {
      entity = entities.get(persistenceId);
      if (entity == null) {
        entity = new OwnedEntity(EntityKey.of(persistenceId));
        entities.put(persistenceId, entity);
      }
    } catch (RuntimeException e) {
      fail.accept(e);
      return;
    }
    OwnedEntity found = entity;
    found.add(new Request(() -> begin.accept(found), fail, isWrite));
  }

  /** Goes on in the actor. */
  private <T> void then(
      CompletionStage<T> stage, Consumer<T> done, Consumer<RuntimeException> failed) {
    ActorRef self = getSelf();
    var unused =
        stage.whenComplete(
            (answer, e) ->
                self.tell(
                    new Answered(
                        e == null ? () -> done.accept(answer) : () -> failed.accept(cause(e))),
                    self));
  }

  private RuntimeException cause(Throwable thrown) {
    Throwable e =
        thrown instanceof CompletionException wrapped && wrapped.getCause() != null
            ? wrapped.getCause()
            : thrown;
    return e instanceof WriteRefusedException refused
        ? refused
        : CassandraFailure.of(e, store.settings());
  }

  private void claimed(OwnedEntity entity, Runnable then, Consumer<RuntimeException> failed) {
    Claim held = entity.claim();
    // The store goes on as another writer when this one was taken for dead.
    if (held != null && held.writer() == store.parts().writer()) {
      then.run();
      return;
    }
    then(
        started(() -> store.parts().claims().claim(entity.key)),
        claim -> {
          entity.claimed(claim);
          then.run();
        },
        failed);
  }

  /** As {@code start} does, but a failure to start is the stage's. */
  private static <T> CompletionStage<T> started(Supplier<CompletionStage<T>> start) {
    return CompletableFuture.<Void>completedFuture(null).thenCompose(nothing -> start.get());
  }

  private void write(WaitingWrite write, @Nullable String persistenceId) {
    if (persistenceId == null) {
      write.stored();
      return;
    }
    enqueue(persistenceId, true, entity -> append(entity, write), write::failed);
  }

  private void append(OwnedEntity entity, WaitingWrite write) {
    claimed(
        entity,
        () -> {
          try {
            write.check(entity.last());
          } catch (RuntimeException e) {
            write.failed(e);
            entity.next();
            return;
          }
          List<StoredEvent> events = new ArrayList<>();
          write.forEach(events::add);
          append(entity, write, events);
        },
        e -> giveUp(entity, write, e));
  }

  private void append(OwnedEntity entity, WaitingWrite write, List<StoredEvent> events) {
    Claim claim = Objects.requireNonNull(entity.claim());
    if (events.size() > Places.BLOCK_EVENTS_MAX) {
      write.failed(
          WriteRefusedException.notStorable(
              entity.key.persistenceId(),
              events.size()
                  + " events are too many for one write; at most "
                  + Places.BLOCK_EVENTS_MAX
                  + " fit"));
      entity.next();
      return;
    }
    OpenedCassandra parts = store.parts();
    if (claim.writer() != parts.writer()) {
      giveUp(entity, write, taken(entity));
      return;
    }
    long part = EntityKey.part(events.get(0).getSequence());
    long last = events.get(events.size() - 1).getSequence();
    then(
        started(
            () ->
                opened(entity, part)
                    .thenCompose(open -> parts.tail().append(entity.key, claim.epoch(), events))),
        generation -> {
          if (!entity.hasPart(part)) {
            entity.openedPart(part);
          }
          verify(entity, claim, generation, () -> acknowledge(entity, write, last), write);
        },
        e -> giveUp(entity, write, e));
  }

  private CompletionStage<?> opened(OwnedEntity entity, long part) {
    return entity.hasPart(part)
        ? CompletableFuture.completedFuture(null)
        : store.parts().claims().openPart(entity.key, part);
  }

  /** Nobody may hear of a write before it is sure that the next claimer will find it. */
  private void verify(
      OwnedEntity entity, Claim claim, long generation, Runnable then, WaitingWrite write) {
    if (entity.isVerified(generation)) {
      then.run();
      return;
    }
    // Somebody took entities from this writer: perhaps this one.
    then(
        started(() -> store.parts().claims().holds(entity.key, claim.epoch())),
        holds -> {
          if (holds) {
            entity.verified(generation);
            then.run();
          } else {
            giveUp(entity, write, taken(entity));
          }
        },
        e -> giveUp(entity, write, e));
  }

  private static StoreException taken(OwnedEntity entity) {
    return new StoreException(
        "Another proxy has taken over "
            + entity.key.persistenceId()
            + " during a write; look at the cluster's membership if that goes on.",
        null);
  }

  private void acknowledge(OwnedEntity entity, WaitingWrite write, long last) {
    entity.appendedTo(last);
    write.stored();
    entity.next();
  }

  private static void giveUp(OwnedEntity entity, WaitingWrite write, RuntimeException cause) {
    write.failed(cause);
    entity.lose(cause);
    entity.next();
  }

  private void replay(ReplayMessages replay) {
    ActorRef actor = replay.persistentActor();
    Consumer<RuntimeException> fail = e -> actor.tell(new ReplayMessagesFailure(e), getSelf());
    enqueue(replay.persistenceId(), false, entity -> recover(entity, replay, fail), fail);
  }

  private void recover(
      OwnedEntity entity, ReplayMessages replay, Consumer<RuntimeException> answerFailure) {
    Consumer<RuntimeException> failed =
        e -> {
          answerFailure.accept(e);
          entity.lose();
          entity.next();
        };
    Claim claim = entity.claim();
    if (claim == null) {
      claimed(entity, () -> send(entity, replay, failed), failed);
      return;
    }
    // It may have been elsewhere meanwhile.
    then(
        started(() -> store.parts().claims().holds(entity.key, claim.epoch())),
        holds -> {
          if (!holds) {
            entity.lose();
          }
          claimed(entity, () -> send(entity, replay, failed), failed);
        },
        failed);
  }

  private void send(OwnedEntity entity, ReplayMessages replay, Consumer<RuntimeException> failed) {
    ActorRef actor = replay.persistentActor();
    then(
        started(() -> sendEvents(entity, replay)),
        done -> {
          actor.tell(new RecoverySuccess(entity.last()), getSelf());
          entity.next();
        },
        failed);
  }

  private CompletionStage<Done> sendEvents(OwnedEntity entity, ReplayMessages replay) {
    long to = Math.min(replay.toSequenceNr(), entity.last());
    if (replay.max() == 0 || replay.fromSequenceNr() > to) {
      return CompletableFuture.completedFuture(Done.getInstance());
    }
    String persistenceId = replay.persistenceId();
    ActorRef actor = replay.persistentActor();
    return store
        .events()
        .read(persistenceId, replay.fromSequenceNr(), to)
        .take(replay.max())
        .runForeach(
            event ->
                actor.tell(
                    new ReplayedMessage(
                        PersistentRepr.apply(
                            event,
                            event.getSequence(),
                            persistenceId,
                            "",
                            false,
                            ActorRef.noSender(),
                            "")),
                    ActorRef.noSender()),
            getContext().getSystem());
  }

  private void delete(DeleteMessagesTo delete) {
    ActorRef actor = delete.persistentActor();
    long wanted = delete.toSequenceNr();
    Consumer<RuntimeException> fail =
        e -> actor.tell(new DeleteMessagesFailure(e, wanted), getSelf());
    enqueue(
        delete.persistenceId(),
        false,
        entity -> {
          Consumer<RuntimeException> failed =
              e -> {
                fail.accept(e);
                entity.next();
              };
          claimed(
              entity,
              () -> {
                long upTo = Math.min(wanted, entity.last());
                long epoch = Objects.requireNonNull(entity.claim()).epoch();
                then(
                    started(
                        () ->
                            store
                                .parts()
                                .tail()
                                .moved(entity.key)
                                .thenCompose(
                                    moved ->
                                        store.parts().deletions().delete(entity.key, epoch, upTo))),
                    done -> {
                      actor.tell(new DeleteMessagesSuccess(wanted), getSelf());
                      entity.next();
                    },
                    failed);
              },
              failed);
        },
        fail);
  }
}
