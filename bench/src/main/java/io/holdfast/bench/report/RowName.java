// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The rows, in the order in which they are shown. */
public enum RowName {
  DIRECT("the function called directly, no proxy"),
  PASSTHROUGH("pass-through: the ceiling of this shape, no cluster, no store"),
  EVENTSOURCED_MEMORY("proxy, memory store"),
  EVENTSOURCED_EMBEDDED("proxy, embedded store, every reply after its fsync"),
  EVENTSOURCED_POSTGRES("proxy, PostgreSQL on this machine, every reply after its commit"),
  POSTGRES_DRIVER("PostgreSQL alone: one insert and commit per event, 16 connections"),
  EVENTSOURCED_CASSANDRA("proxy, Cassandra on this machine, every reply after its write"),
  CASSANDRA_DRIVER("Cassandra alone: one insert per event"),
  HOT_ENTITY("proxy, embedded store, all clients on one entity"),
  VALUE_EMBEDDED("proxy, a value entity, embedded store, every reply after its fsync"),
  CRDT_LOCAL("proxy, a replicated entity, every write answered by this node alone"),
  ACTION_UNARY("proxy, an action"),
  ACTION_STREAMED("proxy, an action streamed both ways: messages, 16 under way on each stream"),
  FORWARD("proxy, an action that forwards to an event-sourced entity, embedded store"),
  PASSTHROUGH_HALF("pass-through, open loop at half the embedded rate"),
  EVENTSOURCED_EMBEDDED_HALF("proxy, embedded store, open loop at half its own rate"),
  ACTIVATION_0("first command to an entity without events"),
  ACTIVATION_100("first command to an entity with 100 events"),
  ACTIVATION_10000("first command to an entity with 10,000 events"),
  START("from starting the proxy to its first reply"),
  MEMORY_IDLE("proxy, one live entity"),
  MEMORY_10000("proxy, 10,000 live entities");

  private final String meaning;

  RowName(String meaning) {
    this.meaning = meaning;
  }

  /** The name on the command line and in every report. */
  public String shown() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What the row measures, in a few words. */
  public String meaning() {
    return meaning;
  }

  /** The row with this name. */
  public static Optional<RowName> of(String shown) {
    return Arrays.stream(values()).filter(row -> row.shown().equals(shown)).findFirst();
  }
}
