// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres.database;

import io.holdfast.persistence.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables. Ids are bytes, because PostgreSQL's text has no place for the character 0, and sorts
 * as its locale wants.
 *
 * @param name of the schema; plain letters, digits and _
 */
public record Schema(String name) {

  private static final int FORMAT = 1;
  // Any number, as long as every release uses the same one.
  private static final long CREATION_LOCK = 0x686f6c6466617374L;

  private static final List<String> NAMES =
      List.of("event", "deleted", "snapshot", "value", "meta");

  private static final String TABLES =
      """
      CREATE SCHEMA IF NOT EXISTS $;
      CREATE TABLE IF NOT EXISTS $.event (
        persistence_id bytea NOT NULL,
        sequence bigint NOT NULL,
        entity_type bytea NOT NULL,
        slice smallint NOT NULL,
        log_offset bigint NOT NULL,
        event bytea NOT NULL,
        PRIMARY KEY (persistence_id, sequence));
      CREATE INDEX IF NOT EXISTS event_log ON $.event (entity_type, log_offset);
      CREATE TABLE IF NOT EXISTS $.deleted (
        persistence_id bytea PRIMARY KEY,
        sequence bigint NOT NULL);
      CREATE TABLE IF NOT EXISTS $.snapshot (
        persistence_id bytea NOT NULL,
        sequence bigint NOT NULL,
        time_millis bigint NOT NULL,
        snapshot bytea NOT NULL,
        PRIMARY KEY (persistence_id, sequence));
      CREATE TABLE IF NOT EXISTS $.value (
        persistence_id bytea PRIMARY KEY,
        revision bigint NOT NULL,
        value bytea NOT NULL);
      CREATE TABLE IF NOT EXISTS $.meta (
        single boolean PRIMARY KEY DEFAULT true CHECK (single),
        format integer NOT NULL,
        log_base bigint NOT NULL);
      INSERT INTO $.meta (format, log_base) VALUES (1, 0) ON CONFLICT DO NOTHING;
      """;

  private static final String GRANTS =
      """
      GRANT USAGE ON SCHEMA $ TO ?;
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA $ TO ?;
      """;

  // The last offset of each type is at the end of its run in the index: no scan of all events.
  private static final String RAISE_LOG_BASE =
      """
      WITH RECURSIVE types(entity_type) AS (
        (SELECT entity_type FROM $.event ORDER BY entity_type LIMIT 1)
        UNION ALL
        SELECT (SELECT entity_type FROM $.event WHERE entity_type > types.entity_type
                ORDER BY entity_type LIMIT 1)
        FROM types WHERE types.entity_type IS NOT NULL),
      reached(log_offset) AS (
        SELECT max((SELECT log_offset FROM $.event WHERE entity_type = types.entity_type
                    ORDER BY log_offset DESC LIMIT 1))
        FROM types),
      next(log_offset) AS (
        SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint << 20)
      UPDATE $.meta
      SET log_base = ((reached.log_offset >> 20) + 1 << 20) - next.log_offset
      FROM reached, next
      WHERE reached.log_offset >= next.log_offset + log_base
      """;

  /** Puts the schema's name in place of each {@code $}. */
  public String in(String statements) {
    return statements.replace("$", '"' + name + '"');
  }

  /** What makes the schema and its tables. What is there already stays. */
  public String creation() {
    return in(TABLES);
  }

  /** What a user must be allowed who did not make the tables. */
  public String grants(String user) {
    return in(GRANTS).replace("?", '"' + user.replace("\"", "\"\"") + '"');
  }

  /**
   * Makes sure that the tables are there and of this release's form.
   *
   * @return the names of those that were made
   * @throws StoreException when they are not, and may not be made
   */
  List<String> prepare(Connection connection, boolean create) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      // Proxies that start together wait here for the first of them.
      statement.execute("SELECT pg_advisory_xact_lock(" + CREATION_LOCK + ")");
      boolean missing = !exists(connection);
      if (missing) {
        if (!create) {
          throw new StoreException(
              "The database has no schema '"
                  + name
                  + "' of Holdfast; make it with 'holdfast schema apply --store postgres', or set"
                  + " HOLDFAST_POSTGRES_CREATE_SCHEMA to on.",
              null);
        }
        statement.execute(creation());
      }
      checkFormat(statement);
      statement.executeUpdate(in(RAISE_LOG_BASE));
      connection.commit();
      return missing ? NAMES : List.of();
    }
  }

  private boolean exists(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
      statement.setString(1, in("$.meta"));
      try (ResultSet found = statement.executeQuery()) {
        return found.next() && found.getBoolean(1);
      }
    }
  }

  private void checkFormat(Statement statement) throws SQLException {
    try (ResultSet found = statement.executeQuery(in("SELECT format FROM $.meta"))) {
      if (!found.next()) {
        throw StoreException.damaged("The row of " + in("$.meta"), null);
      }
      if (found.getInt(1) > FORMAT) {
        throw StoreException.newer("The schema '" + name + "'");
      }
    }
  }
}
