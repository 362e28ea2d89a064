// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.journal;

import io.holdfast.persistence.record.EntityKeys;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * The last number of each entity that wrote or recovered lately, so that its next write is checked
 * without a read: the last sequence number of events, the revision of values. Belongs to the
 * writer's thread.
 */
final class Heads {

  private final ToLongFunction<EntityKeys> lookUp;
  private final Map<String, Head> heads;
  private long generation;

  /**
   * @param lookUp finds the last number of an entity that is not remembered; may block
   */
  Heads(ToLongFunction<EntityKeys> lookUp, int entitiesMax) {
    this.lookUp = lookUp;
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
      head = new Head(keys, lookUp.applyAsLong(keys));
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
  void remember(EntityKeys keys, long lastNumber, long asOf) {
    if (asOf == generation) {
      heads.putIfAbsent(keys.persistenceId(), new Head(keys, lastNumber));
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

  /** One entity's last number, waiting writes included. */
  static final class Head {
    final EntityKeys keys;
    long lastNumber;

    /** Whether a waiting group has appended to it. */
    boolean waiting;

    Head(EntityKeys keys, long lastNumber) {
      this.keys = keys;
      this.lastNumber = lastNumber;
    }
  }
}
