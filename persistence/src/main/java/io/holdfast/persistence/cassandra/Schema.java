// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra;

import java.util.List;

/**
 * The tables. Statements can be repeated: what is there already stays.
 *
 * <p>The times of the writes to {@code blocks}, {@code fences} and two columns of {@code entities}
 * are no times but numbers that order them; no clock decides there.
 */
final class Schema {

  private Schema() {}

  static List<String> statements(String keyspace, String replication) {
    return List.of(
        "CREATE KEYSPACE IF NOT EXISTS " + keyspace + " WITH replication = " + replication,
        // How often a proxy has started: its number as a writer.
        table(keyspace, "starts", "name text PRIMARY KEY, number bigint"),
        table(
            keyspace,
            "entities",
            "id blob PRIMARY KEY, epoch bigint, owner bigint, victims set<bigint>,"
                + " settled bigint, part bigint, deleted_to bigint"),
        table(
            keyspace,
            "fences",
            "writer bigint, claimer bigint, claims bigint, PRIMARY KEY (writer, claimer)"),
        table(
            keyspace,
            "blocks",
            "id blob, part bigint, first bigint, last bigint, place bigint, deleted_to bigint,"
                + " bytes blob, chunks uuid, count int, PRIMARY KEY ((id, part), first)"),
        table(
            keyspace,
            "chunks",
            "chunks uuid, number int, bytes blob, PRIMARY KEY (chunks, number)"),
        table(
            keyspace,
            "log",
            "type text, lane int, bucket bigint, place bigint, id blob, first bigint,"
                + " PRIMARY KEY ((type, lane, bucket), place)"),
        table(keyspace, "log_buckets", "type text, bucket bigint, PRIMARY KEY (type, bucket)"),
        table(keyspace, "ids", "type text, lane int, id blob, PRIMARY KEY ((type, lane), id)"),
        table(
            keyspace,
            "snapshots",
            "id blob, sequence bigint, bytes blob, chunks uuid, count int, millis bigint,"
                + " PRIMARY KEY (id, sequence)"),
        table(
            keyspace,
            "current_values",
            "id blob PRIMARY KEY, revision bigint, bytes blob, chunks uuid, count int"));
  }

  private static String table(String keyspace, String name, String columns) {
    return "CREATE TABLE IF NOT EXISTS " + keyspace + "." + name + " (" + columns + ")";
  }
}
