// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres;

import io.holdfast.persistence.GroupSizes;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.plugin.Outcome;
import io.holdfast.persistence.postgres.database.Database;
import io.holdfast.persistence.postgres.database.Ids;
import io.holdfast.persistence.postgres.database.PostgresSettings;
import java.sql.PreparedStatement;
import java.util.ArrayDeque;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that writes: whatever waits goes into one transaction, and what comes meanwhile into
 * the next. Tasks are done in the order in which they came.
 */
final class Lane implements Runnable, AutoCloseable {

  private static final String DELETE =
      """
      WITH gone AS (
        DELETE FROM $.event WHERE persistence_id = ? AND sequence <= ? RETURNING sequence)
      INSERT INTO $.deleted (persistence_id, sequence)
      SELECT ?, max(sequence) FROM gone HAVING max(sequence) IS NOT NULL
      ON CONFLICT (persistence_id) DO UPDATE
      SET sequence = greatest(deleted.sequence, excluded.sequence)
      """;

  private static final Logger log = LoggerFactory.getLogger(Lane.class);

  private final Database database;
  private final GroupCommit groupCommit;
  private final PostgresSettings.Load load;
  private final BlockingQueue<LaneTask> waiting;
  private final Thread thread;
  private LaneGroup group;
  private volatile boolean closed;

  Lane(Database database, GroupSizes sizes, int number) {
    this.database = database;
    this.groupCommit = new GroupCommit(database, sizes);
    this.load = database.settings().load();
    this.waiting = new ArrayBlockingQueue<>(load.waitingMax());
    this.group = new LaneGroup(database.schema());
    this.thread = new Thread(this, "holdfast-postgres-lane-" + number);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Never blocks: a task that finds no room fails at once, and nothing of it is done. */
  void submit(LaneTask task) {
    if (closed) {
      task.failed(StoreException.closed());
    } else if (!waiting.offer(task)) {
      task.failed(
          new StoreException(
              database.settings().store()
                  + " is behind by "
                  + load.waitingMax()
                  + " writes; try again later.",
              null));
    } else if (closed && waiting.remove(task)) {
      // The lane may have looked for the last time before this one came.
      task.failed(StoreException.closed());
    }
  }

  @Override
  public void run() {
    var tasks = new ArrayDeque<LaneTask>();
    while (!closed) {
      try {
        tasks.add(waiting.take());
        waiting.drainTo(tasks);
        for (LaneTask task = tasks.poll(); task != null; task = tasks.poll()) {
          work(task);
        }
        commit();
      } catch (InterruptedException e) {
        // Closed, as the loop sees next.
      } catch (RuntimeException | Error e) {
        // Must not end this thread: the entities of a lane have no other.
        log.error("A lane of the PostgreSQL store broke, and goes on", e);
      }
    }
    waiting.drainTo(tasks);
    tasks.forEach(task -> task.failed(StoreException.closed()));
  }

  private void work(LaneTask task) {
    try {
      task.applyTo(this);
    } catch (RuntimeException e) {
      task.failed(e);
    } catch (Error e) {
      log.error("A task of the PostgreSQL store broke", e);
      task.failed(broken(e));
    }
  }

  /** What those hear who wait for something that an error of the virtual machine ended. */
  static StoreException broken(Error e) {
    return new StoreException("The proxy failed to use its store (" + e + "); see its log.", e);
  }

  /** Adds a write to the group, or fails it alone. */
  void add(Consumer<LaneGroup> write, Outcome outcome) {
    try {
      write.accept(group);
    } catch (RuntimeException e) {
      outcome.failed(e);
      return;
    }
    if (group.isFull(load.groupBytes())) {
      commit();
    }
  }

  /** Stores what was added, and tells everyone. */
  void commit() {
    LaneGroup ready = group;
    group = new LaneGroup(database.schema());
    if (!ready.isEmpty()) {
      groupCommit.store(ready);
    }
  }

  void delete(LaneTask.Delete delete) {
    byte[] id = Ids.bytes(delete.persistenceId());
    int unused =
        database.use(
            "delete",
            connection -> {
              try (PreparedStatement statement =
                  connection.prepareStatement(database.schema().in(DELETE))) {
                statement.setBytes(1, id);
                statement.setLong(2, delete.upTo());
                statement.setBytes(3, id);
                return statement.executeUpdate();
              }
            });
    delete.outcome().stored();
  }

  /** What waits is given up; a transaction under way is waited for. */
  @Override
  public void close() {
    closed = true;
    // Waits for work, or for the database; the driver does not heed interrupts.
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
