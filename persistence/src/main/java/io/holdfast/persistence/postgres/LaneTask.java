// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres;

import io.holdfast.persistence.plugin.Outcome;
import io.holdfast.persistence.plugin.WaitingWrite;
import io.holdfast.storage.v1.StoredValue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** What waits for a lane. */
sealed interface LaneTask {

  /** Does its part; called by the lane, in order. */
  void applyTo(Lane lane);

  /** Will not be done. */
  void failed(RuntimeException cause);

  /** Events that come after those before. */
  record Append(String persistenceId, WaitingWrite write) implements LaneTask {
    @Override
    public void applyTo(Lane lane) {
      lane.add(group -> group.append(persistenceId, write), write);
    }

    @Override
    public void failed(RuntimeException cause) {
      write.failed(cause);
    }
  }

  /** A value that takes the place of the one before. */
  record Put(String persistenceId, StoredValue value, Outcome outcome) implements LaneTask {
    @Override
    public void applyTo(Lane lane) {
      lane.add(group -> group.put(persistenceId, value, outcome), outcome);
    }

    @Override
    public void failed(RuntimeException cause) {
      outcome.failed(cause);
    }
  }

  /** The end of events up to a number. */
  record Delete(String persistenceId, long upTo, Outcome outcome) implements LaneTask {
    @Override
    public void applyTo(Lane lane) {
      lane.commit();
      lane.delete(this);
    }

    @Override
    public void failed(RuntimeException cause) {
      outcome.failed(cause);
    }
  }

  /** A recovery, which has to see what was written before it was asked for. */
  record Read(PostgresReplay replay, Executor reads) implements LaneTask {
    @Override
    public void applyTo(Lane lane) {
      lane.commit();
      try {
        reads.execute(replay);
      } catch (RejectedExecutionException e) {
        failed(e);
      }
    }

    @Override
    public void failed(RuntimeException cause) {
      replay.waiting().failed(cause);
    }
  }
}
