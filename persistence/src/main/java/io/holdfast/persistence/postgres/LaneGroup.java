// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres;

import io.holdfast.persistence.WriteRefusedException;
import io.holdfast.persistence.plugin.Outcome;
import io.holdfast.persistence.plugin.WaitingWrite;
import io.holdfast.persistence.postgres.database.Ids;
import io.holdfast.persistence.postgres.database.Schema;
import io.holdfast.storage.v1.StoredEvent;
import io.holdfast.storage.v1.StoredValue;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes that one transaction stores. Belongs to its lane's thread. */
final class LaneGroup {

  private static final int EVENTS_ENOUGH = 10_000;
  // Less than offsets leave room for in one transaction, which is 2 to the 20th.
  private static final int EVENTS_MAX = 1_000_000;

  private final Schema schema;
  private final Map<String, Change<StoredEvent>> appends = new LinkedHashMap<>();
  private final Map<String, Change<StoredValue>> puts = new LinkedHashMap<>();
  private long sizeBytes;
  private int events;

  LaneGroup(Schema schema) {
    this.schema = schema;
  }

  /** What happens to one entity. */
  static final class Change<T> {
    final String persistenceId;
    final byte[] id;

    /** The number that has to be stored already. */
    final long after;

    /** In order, and without gaps. */
    final List<T> items = new ArrayList<>();

    final List<Outcome> outcomes = new ArrayList<>();

    Change(String persistenceId, byte[] id, long after) {
      this.persistenceId = persistenceId;
      this.id = id;
      this.after = after;
    }

    long last() {
      return after + items.size();
    }
  }

  boolean isEmpty() {
    return appends.isEmpty() && puts.isEmpty();
  }

  boolean isFull(long bytes) {
    return sizeBytes >= bytes || events >= EVENTS_ENOUGH;
  }

  /** Throws, and takes nothing, when the write does not continue what waits already. */
  void append(String persistenceId, WaitingWrite write) {
    Change<StoredEvent> change = appends.get(persistenceId);
    if (change == null) {
      change = new Change<>(persistenceId, Ids.bytes(persistenceId), write.firstSequence() - 1);
    }
    write.check(change.last());
    var added = new ArrayList<StoredEvent>();
    write.forEach(added::add);
    if (events + added.size() > EVENTS_MAX) {
      throw WriteRefusedException.notStorable(
          persistenceId, "this store takes " + EVENTS_MAX + " events at once, and no more");
    }
    appends.put(persistenceId, change);
    change.outcomes.add(write);
    change.items.addAll(added);
    events += added.size();
    sizeBytes += added.stream().mapToLong(StoredEvent::getSerializedSize).sum();
  }

  /** Throws, and takes nothing, when the value does not continue what waits already. */
  void put(String persistenceId, StoredValue value, Outcome outcome) {
    Change<StoredValue> change = puts.get(persistenceId);
    if (change == null) {
      change = new Change<>(persistenceId, Ids.bytes(persistenceId), value.getRevision() - 1);
    }
    if (value.getRevision() != change.last() + 1) {
      throw WriteRefusedException.outOfRevision(
          persistenceId, value.getRevision(), change.last() + 1);
    }
    puts.put(persistenceId, change);
    change.outcomes.add(outcome);
    change.items.add(value);
    sizeBytes += value.getSerializedSize();
  }

  /**
   * Whether a single statement writes everything or nothing, so that its commit need not be asked
   * for in another round trip.
   */
  boolean isOneStatement() {
    return puts.isEmpty();
  }

  /**
   * Writes everything, in the transaction that is open unless it {@linkplain #isOneStatement() is
   * one statement}.
   *
   * @return who may not write, and why; empty when everything is in
   */
  Map<Change<?>, WriteRefusedException> write(Connection connection) throws SQLException {
    var refused = new LinkedHashMap<Change<?>, WriteRefusedException>();
    if (!appends.isEmpty()) {
      refused.putAll(new EventInserts(schema).write(connection, List.copyOf(appends.values())));
    }
    if (!puts.isEmpty()) {
      refused.putAll(new ValueUpserts(schema).write(connection, List.copyOf(puts.values())));
    }
    return refused;
  }

  void remove(Change<?> change) {
    appends.values().remove(change);
    puts.values().remove(change);
  }

  /** The same writes, each entity's in a group of its own. */
  List<LaneGroup> single() {
    var groups = new ArrayList<LaneGroup>();
    appends.forEach((id, change) -> groups.add(alone(group -> group.appends, id, change)));
    puts.forEach((id, change) -> groups.add(alone(group -> group.puts, id, change)));
    return groups;
  }

  private <T> LaneGroup alone(
      Function<LaneGroup, Map<String, Change<T>>> kind, String id, Change<T> change) {
    var group = new LaneGroup(schema);
    kind.apply(group).put(id, change);
    return group;
  }

  /** How many were added and are still here. */
  int writes() {
    return changes().stream().mapToInt(change -> change.outcomes.size()).sum();
  }

  Collection<Change<?>> changes() {
    var all = new ArrayList<Change<?>>(appends.values());
    all.addAll(puts.values());
    return all;
  }
}
