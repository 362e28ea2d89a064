// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres;

import com.google.protobuf.InvalidProtocolBufferException;
import io.holdfast.persistence.EventLog.LoggedEvent;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.postgres.database.Database;
import io.holdfast.persistence.postgres.database.Ids;
import io.holdfast.persistence.record.LogRecords.Page;
import io.holdfast.persistence.record.LogRecords.Slices;
import io.holdfast.storage.v1.StoredEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;

/** Reads events page by page; each page is one statement, which ends before it grows too large. */
record StoredEvents(Database database) {

  private static final int PAGE_EVENTS = 512;
  private static final long PAGE_BYTES = 512 * 1024;
  private static final int PAGE_IDS = 256;

  // The length of an event is known without reading it.
  private static final String BOUNDED =
      """
      SELECT place, persistence_id, event
      FROM (
        SELECT place, persistence_id, event,
          sum(octet_length(event)) OVER (ORDER BY place) - octet_length(event) AS bytes_before
        FROM (%s ORDER BY place LIMIT %d) AS page) AS sized
      WHERE bytes_before < %d
      ORDER BY place
      """;

  private static final String OF_ENTITY =
      BOUNDED.formatted(
          """
          SELECT sequence AS place, persistence_id, event FROM $.event
          WHERE persistence_id = ? AND sequence BETWEEN ? AND ?
          """,
          PAGE_EVENTS,
          PAGE_BYTES);

  // Offsets begin with the number of the transaction. While one is under way, nothing of it or of
  // later ones is shown: it would otherwise appear behind a reader who is past its offset.
  static final String OF_TYPE =
      BOUNDED.formatted(
          """
          SELECT log_offset AS place, persistence_id, event FROM $.event
          WHERE entity_type = ? AND slice BETWEEN ? AND ? AND log_offset > ?
            AND log_offset < (pg_snapshot_xmin(pg_current_snapshot())::text::bigint << 20)
              + (SELECT log_base FROM $.meta)
          """,
          PAGE_EVENTS,
          PAGE_BYTES);

  // Looks each id up behind the one before: the index has an entry for every event of each.
  private static final String IDS =
      """
      WITH RECURSIVE ids(id) AS (
        SELECT ?::bytea
        UNION ALL
        SELECT least(
          (SELECT persistence_id FROM $.event
           WHERE persistence_id > ids.id AND persistence_id < ? ORDER BY persistence_id LIMIT 1),
          (SELECT persistence_id FROM $.deleted
           WHERE persistence_id > ids.id AND persistence_id < ? ORDER BY persistence_id LIMIT 1))
        FROM ids WHERE id IS NOT NULL)
      SELECT id FROM ids WHERE id IS NOT NULL OFFSET 1 LIMIT %d
      """
          .formatted(PAGE_IDS);

  private static final String LAST = "SELECT " + EventInserts.LAST.formatted("?");

  /** The last sequence number that was ever stored; 0 when there is none. */
  long lastSequence(String persistenceId) {
    byte[] id = Ids.bytes(persistenceId);
    return database.read(
        connection -> {
          try (PreparedStatement statement = prepare(connection, LAST)) {
            statement.setBytes(1, id);
            statement.setBytes(2, id);
            try (ResultSet found = statement.executeQuery()) {
              found.next();
              return found.getLong(1);
            }
          }
        });
  }

  /** Events of one entity; a page goes on from its {@code from}. */
  Page<StoredEvent, Long> page(String persistenceId, long from, long to) {
    byte[] id = Ids.bytes(persistenceId);
    return database.read(
        connection -> {
          try (PreparedStatement statement = prepare(connection, OF_ENTITY)) {
            statement.setBytes(1, id);
            statement.setLong(2, from);
            statement.setLong(3, to);
            var events = new ArrayList<StoredEvent>();
            long next = from;
            long bytes = 0;
            try (ResultSet found = statement.executeQuery()) {
              while (found.next()) {
                byte[] event = found.getBytes(3);
                events.add(parse(found, event));
                bytes += event.length;
                next = found.getLong(1) + 1;
              }
            }
            return new Page<>(events, next, mayGoOn(events.size(), bytes));
          }
        });
  }

  /** Events of one type; a page goes on after its {@code after}. */
  Page<LoggedEvent, Long> page(Slices slices, long after) {
    return database.read(
        connection -> {
          try (PreparedStatement statement = prepare(connection, OF_TYPE)) {
            statement.setBytes(1, Ids.bytes(slices.entityType()));
            statement.setInt(2, slices.first());
            statement.setInt(3, slices.last());
            statement.setLong(4, after);
            var events = new ArrayList<LoggedEvent>();
            long reached = after;
            long bytes = 0;
            try (ResultSet found = statement.executeQuery()) {
              while (found.next()) {
                byte[] event = found.getBytes(3);
                reached = found.getLong(1);
                bytes += event.length;
                events.add(
                    new LoggedEvent(reached, Ids.text(found.getBytes(2)), parse(found, event)));
              }
            }
            return new Page<>(events, reached, mayGoOn(events.size(), bytes));
          }
        });
  }

  /** Ids of one type; the first page begins after the empty one. */
  Page<String, String> ids(String entityType, String after) {
    byte[] start = after.isEmpty() ? before(entityType + "|") : Ids.bytes(after);
    // The character after the bar.
    byte[] end = Ids.bytes(entityType + "}");
    return database.read(
        connection -> {
          try (PreparedStatement statement = prepare(connection, IDS)) {
            statement.setBytes(1, start);
            statement.setBytes(2, end);
            statement.setBytes(3, end);
            var ids = new ArrayList<String>();
            try (ResultSet found = statement.executeQuery()) {
              while (found.next()) {
                ids.add(Ids.text(found.getBytes(1)));
              }
            }
            String reached = ids.isEmpty() ? after : ids.get(ids.size() - 1);
            return new Page<>(ids, reached, ids.size() == PAGE_IDS);
          }
        });
  }

  /** Comes before that text, which ends in ASCII, and after every text that is less. */
  private static byte[] before(String text) {
    byte[] bytes = Ids.bytes(text);
    byte[] before = Arrays.copyOf(bytes, bytes.length + 1);
    before[bytes.length - 1]--;
    // Is in no text.
    before[bytes.length] = (byte) 0xff;
    return before;
  }

  private PreparedStatement prepare(Connection connection, String statement) throws SQLException {
    return connection.prepareStatement(database.schema().in(statement));
  }

  private static boolean mayGoOn(int events, long bytes) {
    return events == PAGE_EVENTS || bytes >= PAGE_BYTES;
  }

  private static StoredEvent parse(ResultSet row, byte[] event) throws SQLException {
    try {
      return StoredEvent.parseFrom(event);
    } catch (InvalidProtocolBufferException e) {
      throw StoreException.damaged(
          "Event " + row.getLong(1) + " of " + Ids.text(row.getBytes(2)), e);
    }
  }
}
