// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.journal;

import io.holdfast.persistence.record.EntityKeys;
import io.holdfast.persistence.record.EventRecords;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The last sequence number of each entity that appended or recovered lately, so that an append is
 * checked without a read. Belongs to the writer's thread.
 */
final class Heads {

  private final EventRecords events;
  private final Map<String, Head> heads;
  private long generation;

  Heads(EventRecords events, int entitiesMax) {
    this.events = events;
    this.heads =
        new LinkedHashMap<>(1024, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Head> eldest) {
            // A number that waits to be stored is known here alone.
            boolean full = size() > entitiesMax && !eldest.getValue().waiting;
            generation += full ? 1 : 0;
            return full;
          }
        };
  }

  /** The entity's head; looked up, which blocks, when it is not remembered. */
  Head of(String persistenceId) {
    Head head = heads.get(persistenceId);
    if (head == null) {
      var keys = new EntityKeys(persistenceId);
      head = new Head(keys, events.highestSequence(keys));
      heads.put(persistenceId, head);
    }
    return head;
  }

  /** Counts what was forgotten: see {@link #remember}. */
  long generation() {
    return generation;
  }

  /**
   * Remembers what a read found that began in {@code asOf}. If anything was forgotten since, it may
   * have been a newer number of this very entity, and so nothing is remembered.
   */
  void remember(EntityKeys keys, long lastSequence, long asOf) {
    if (asOf == generation) {
      heads.putIfAbsent(keys.persistenceId(), new Head(keys, lastSequence));
    }
  }

  /**
   * After a failed write nobody knows the numbers: what is on disk shows only when the store has
   * looked at it again.
   */
  void forgetAll() {
    generation++;
    heads.clear();
  }

  /** One entity's last sequence number, waiting writes included. */
  static final class Head {
    final EntityKeys keys;
    long lastSequence;

    /** Whether a waiting group has appended to it. */
    boolean waiting;

    Head(EntityKeys keys, long lastSequence) {
      this.keys = keys;
      this.lastSequence = lastSequence;
    }
  }
}
