// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.database;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import io.holdfast.persistence.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The keyspace and its tables.
 *
 * <p>The times of the writes to {@code blocks}, {@code fences}, {@code writers} and two columns of
 * {@code entities} are no times but numbers that order them; no clock decides there.
 *
 * @param keyspace its name
 * @param replication what follows {@code WITH replication =} when it is created
 */
public record Schema(String keyspace, String replication) {

  // Tables take their time, more than a request may.
  private static final Duration STATEMENT_TIMEOUT = Duration.ofMinutes(1);

  private static final Map<String, String> TABLES = new LinkedHashMap<>();

  static {
    // How often a proxy has started: its number as a writer.
    TABLES.put("starts", "name text PRIMARY KEY, number bigint");
    TABLES.put(
        "entities",
        "id blob PRIMARY KEY, epoch bigint, owner bigint, victims set<bigint>,"
            + " settled bigint, part bigint, deleted_to bigint");
    TABLES.put(
        "fences", "writer bigint, claimer bigint, claims bigint, PRIMARY KEY (writer, claimer)");
    TABLES.put("writers", "writer bigint PRIMARY KEY, mark bigint, beat bigint, retired boolean");
    TABLES.put(
        "tails",
        "writer bigint, turn bigint, place bigint, blocks blob,"
            + " PRIMARY KEY ((writer, turn), place)");
    TABLES.put(
        "blocks",
        "id blob, part bigint, first bigint, last bigint, place bigint, deleted_to bigint,"
            + " bytes blob, chunks uuid, count int, PRIMARY KEY ((id, part), first)");
    TABLES.put("chunks", "chunks uuid, number int, bytes blob, PRIMARY KEY (chunks, number)");
    TABLES.put(
        "log",
        "type text, lane int, bucket bigint, place bigint, id blob, first bigint,"
            + " PRIMARY KEY ((type, lane, bucket), place)");
    TABLES.put("log_buckets", "type text, bucket bigint, PRIMARY KEY (type, bucket)");
    TABLES.put("ids", "type text, lane int, id blob, PRIMARY KEY ((type, lane), id)");
    TABLES.put(
        "snapshots",
        "id blob, sequence bigint, bytes blob, chunks uuid, count int, millis bigint,"
            + " PRIMARY KEY (id, sequence)");
    TABLES.put(
        "current_values",
        "id blob PRIMARY KEY, revision bigint, bytes blob, chunks uuid, count int");
  }

  /** The one that a store with these settings uses. */
  public static Schema of(CassandraSettings settings) {
    return new Schema(settings.keyspace(), settings.replication());
  }

  /** What makes it, in order. Can be repeated: what is there already stays. */
  public List<String> statements() {
    var statements = new ArrayList<String>();
    statements.add(
        "CREATE KEYSPACE IF NOT EXISTS " + keyspace + " WITH replication = " + replication);
    TABLES.forEach(
        (name, columns) ->
            statements.add(
                "CREATE TABLE IF NOT EXISTS " + keyspace + "." + name + " (" + columns + ")"));
    return statements;
  }

  /**
   * Makes sure that the tables are there. Blocks.
   *
   * @param create whether those that are missing are made
   * @return the names of tables that were made
   * @throws StoreException when some are missing and may not be made
   */
  public List<String> prepare(CqlSession session, boolean create) {
    List<String> missing = missing(session);
    if (missing.isEmpty()) {
      // Another proxy may just have made them. If servers disagree about something else, so be it.
      session.checkSchemaAgreement();
      return missing;
    }
    if (!create) {
      throw new StoreException(
          "Cassandra's keyspace '"
              + keyspace
              + "' has no table "
              + String.join(", ", missing)
              + "; make them with 'holdfast schema apply --store cassandra', or set"
              + " HOLDFAST_CASSANDRA_CREATE_SCHEMA to on.",
          null);
    }
    // The driver would read the schema anew after each statement, a second later.
    session.setSchemaMetadataEnabled(false);
    Node one = firstNode(session);
    statements()
        .forEach(
            cql ->
                session.execute(
                    SimpleStatement.newInstance(cql).setNode(one).setTimeout(STATEMENT_TIMEOUT)));
    session.setSchemaMetadataEnabled(null);
    awaitAgreement(session);
    return missing;
  }

  // A server that has not heard of a table yet refuses the statements about it. The driver waits
  // for
  // agreement only while it keeps the schema's metadata.
  private static void awaitAgreement(CqlSession session) {
    long deadline = System.nanoTime() + STATEMENT_TIMEOUT.toNanos();
    while (!session.checkSchemaAgreement()) {
      if (System.nanoTime() > deadline) {
        throw new StoreException(
            "Cassandra's servers do not agree on the tables that were just made; see what"
                + " 'nodetool describecluster' says, and try again.",
            null);
      }
    }
  }

  private List<String> missing(CqlSession session) {
    var missing = new ArrayList<>(TABLES.keySet());
    session
        .execute(
            SimpleStatement.newInstance(
                "SELECT table_name FROM system_schema.tables WHERE keyspace_name = ?", keyspace))
        .forEach(row -> missing.remove(row.getString("table_name")));
    return missing;
  }

  // Servers that make one table at the same time give it two identities, and then disagree. All
  // proxies that start together ask the same server, which does one thing after the other.
  private static @Nullable Node firstNode(CqlSession session) {
    return session.getMetadata().getNodes().values().stream()
        .filter(node -> node.getState() == NodeState.UP && node.getHostId() != null)
        .min(Comparator.comparing(node -> Objects.requireNonNull(node.getHostId())))
        .orElse(null);
  }
}
