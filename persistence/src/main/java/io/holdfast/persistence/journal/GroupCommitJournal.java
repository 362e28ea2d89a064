// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.journal;

import akka.actor.ActorRef;
import akka.actor.UntypedAbstractActor;
import akka.persistence.DeleteMessagesFailure;
import akka.persistence.DeleteMessagesSuccess;
import akka.persistence.JournalProtocol.DeleteMessagesTo;
import akka.persistence.JournalProtocol.ReplayMessages;
import akka.persistence.JournalProtocol.WriteMessages;
import com.typesafe.config.Config;
import io.holdfast.persistence.WriteRefusedException;
import io.holdfast.persistence.journal.Heads.Head;
import io.holdfast.persistence.journal.JournalMessage.Along;
import io.holdfast.persistence.journal.JournalMessage.Commit;
import io.holdfast.persistence.journal.JournalMessage.Found;
import io.holdfast.persistence.journal.JournalMessage.Put;
import io.holdfast.persistence.plugin.Outcome;
import io.holdfast.persistence.plugin.WaitingReplay;
import io.holdfast.persistence.plugin.WaitingWrite;
import io.holdfast.persistence.record.EventRecords;
import io.holdfast.persistence.record.ValueRecords;
import java.util.ArrayList;
import java.util.List;

/**
 * The journal: writes what waits in its mailbox together, then tells everyone. It has a thread of
 * its own and spends most of its life waiting for the disk. It speaks Akka's journal protocol
 * itself, without the futures, timers and the resequencing actor that {@code AsyncWriteJournal}
 * spends on each write.
 *
 * <pre>
 *   nothing waits --write--> group open (tells itself Commit)
 *   group open --write--> group open      --Commit--> stored, everyone is told, nothing waits
 * </pre>
 */
public final class GroupCommitJournal extends UntypedAbstractActor {

  private final OpenStore store;
  private final Heads heads;
  private final Heads revisions;
  private final Group group;
  private final long groupBytes;
  private final List<Runnable> afterCommit = new ArrayList<>();
  private boolean commitIsComing;

  /** Akka makes it, with the journal's own part of the configuration. */
  public GroupCommitJournal(Config config) {
    this.store = OpenStore.of(getContext().getSystem());
    int remembered = config.getInt("remembered-entities");
    this.heads = new Heads(new EventRecords(store.records())::highestSequence, remembered);
    this.revisions = new Heads(new ValueRecords(store.records())::revision, remembered);
    this.group = new Group(store.records(), store.groups(), heads, revisions);
    this.groupBytes = config.getBytes("group");
  }

  @Override
  public void onReceive(Object message) {
    if (message instanceof WriteMessages write) {
      append(write);
    } else if (message == Commit.COMMIT) {
      commitIsComing = false;
      commit();
    } else if (message instanceof Found found) {
      heads.remember(found.keys(), found.lastSequence(), found.generation());
    } else if (message instanceof ReplayMessages replay) {
      replay(replay);
    } else if (message instanceof Put put) {
      put(put);
    } else if (message instanceof Along along) {
      group.add(along.records(), along.outcome());
      expectCommit();
    } else if (message instanceof DeleteMessagesTo delete) {
      delete(delete);
    } else {
      unhandled(message);
    }
  }

  private void append(WriteMessages write) {
    var waiting = new WaitingWrite(write, getSelf());
    String persistenceId = WaitingWrite.persistenceId(write);
    if (persistenceId == null) {
      waiting.stored();
      return;
    }
    try {
      Head head = heads.of(persistenceId);
      waiting.check(head.lastNumber);
      add(
          () -> {
            group.await(head, waiting);
            waiting.forEach(event -> group.append(head, event));
          });
    } catch (RuntimeException e) {
      waiting.failed(e);
    }
  }

  private void add(Runnable toGroup) {
    try {
      toGroup.run();
      expectCommit();
    } catch (RuntimeException e) {
      // The group may hold a part of it now: none of the group can be stored.
      group.fail(e);
    }
  }

  private void put(Put put) {
    try {
      Head head = revisions.of(put.persistenceId());
      long expected = head.lastNumber + 1;
      if (put.value().getRevision() != expected) {
        throw WriteRefusedException.outOfRevision(
            put.persistenceId(), put.value().getRevision(), expected);
      }
      add(
          () -> {
            group.await(head, put.outcome());
            group.put(head, put.value());
          });
    } catch (RuntimeException e) {
      put.outcome().failed(e);
    }
  }

  private void expectCommit() {
    if (group.sizeBytes() >= groupBytes) {
      commit();
    } else if (!commitIsComing) {
      // Behind everything that waits already, which so becomes part of the group.
      commitIsComing = true;
      getSelf().tell(Commit.COMMIT, getSelf());
    }
  }

  private void commit() {
    if (!group.isEmpty()) {
      group.commit();
    }
    afterCommit.forEach(Runnable::run);
    afterCommit.clear();
  }

  private void replay(ReplayMessages replay) {
    var task =
        new Replay(store.records(), new WaitingReplay(replay, getSelf()), heads.generation());
    // A restarted entity's last write may still be waiting here. It must see its outcome.
    if (group.isEmpty()) {
      store.reads().execute(task);
    } else {
      afterCommit.add(() -> store.reads().execute(task));
    }
  }

  private void delete(DeleteMessagesTo delete) {
    ActorRef entity = delete.persistentActor();
    long wanted = delete.toSequenceNr();
    try {
      Head head = heads.of(delete.persistenceId());
      long upTo = Math.min(wanted, head.lastNumber);
      var purge = new Purge(store, getSelf(), head.keys, 0, upTo);
      group.add(
          batch -> EventRecords.delete(batch, head.keys, upTo),
          new Outcome() {
            @Override
            public void stored() {
              entity.tell(new DeleteMessagesSuccess(wanted), getSelf());
              store.reads().execute(purge);
            }

            @Override
            public void failed(RuntimeException cause) {
              entity.tell(new DeleteMessagesFailure(cause, wanted), getSelf());
            }
          });
      expectCommit();
    } catch (RuntimeException e) {
      entity.tell(new DeleteMessagesFailure(e, wanted), getSelf());
    }
  }

  @Override
  public void postStop() {
    commit();
  }
}
