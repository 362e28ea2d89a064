// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres;

import io.holdfast.persistence.WriteRefusedException;
import io.holdfast.persistence.postgres.LaneGroup.Change;
import io.holdfast.persistence.postgres.database.Ids;
import io.holdfast.persistence.postgres.database.Schema;
import io.holdfast.persistence.record.EntityKeys;
import io.holdfast.storage.v1.StoredEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Events of a group on their way into their table. */
record EventInserts(Schema schema) {

  /** The last sequence number of an entity, deleted events included; 0 when it has none. */
  static final String LAST =
      """
      greatest(0,
        (SELECT sequence FROM $.event WHERE persistence_id = %1$s ORDER BY sequence DESC LIMIT 1),
        (SELECT sequence FROM $.deleted WHERE persistence_id = %1$s))
      """;

  // All or nothing, decided on the way: nothing goes in while an entity's last event is not the one
  // before ours. One that another writer adds meanwhile has the number of one of ours, which ends
  // the statement.
  private static final String CHECK_AND_INSERT =
      """
      WITH other AS (
        SELECT change.place, stored.last
        FROM unnest(?::bytea[], ?::bigint[]) WITH ORDINALITY AS change(id, after, place),
          LATERAL (SELECT %s AS last) AS stored
        WHERE stored.last <> change.after),
      inserted AS (
        INSERT INTO $.event (persistence_id, sequence, entity_type, slice, event, log_offset)
        SELECT id, sequence, entity_type, slice, event,
          (pg_current_xact_id()::text::bigint << 20) + (SELECT log_base FROM $.meta) + place - 1
        FROM unnest(?::bytea[], ?::bigint[], ?::bytea[], ?::smallint[], ?::bytea[])
          WITH ORDINALITY AS added(id, sequence, entity_type, slice, event, place)
        WHERE NOT EXISTS (SELECT FROM other))
      SELECT place, last FROM other
      """
          .formatted(LAST.formatted("change.id"));

  /**
   * Writes all of them, or none when it returns some.
   *
   * @return the entities that another writer has written to
   */
  Map<Change<?>, WriteRefusedException> write(
      Connection connection, List<Change<StoredEvent>> changes) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(schema.in(CHECK_AND_INSERT))) {
      statement.setObject(1, changes.stream().map(change -> change.id).toArray(byte[][]::new));
      statement.setObject(2, changes.stream().mapToLong(change -> change.after).toArray());
      new Columns(changes).setIn(statement);
      try (ResultSet found = statement.executeQuery()) {
        return refused(changes, found);
      }
    }
  }

  private static Map<Change<?>, WriteRefusedException> refused(
      List<Change<StoredEvent>> changes, ResultSet found) throws SQLException {
    var refused = new HashMap<Change<?>, WriteRefusedException>();
    while (found.next()) {
      Change<StoredEvent> change = changes.get(found.getInt(1) - 1);
      refused.put(
          change,
          WriteRefusedException.outOfSequence(
              change.persistenceId, change.after + 1, found.getLong(2) + 1));
    }
    return refused;
  }

  /** The new rows, column by column. */
  private static final class Columns {
    private final byte[][] ids;
    private final long[] sequences;
    private final byte[][] entityTypes;
    private final short[] slices;
    private final byte[][] events;

    Columns(List<Change<StoredEvent>> changes) {
      int rows = changes.stream().mapToInt(change -> change.items.size()).sum();
      ids = new byte[rows][];
      sequences = new long[rows];
      entityTypes = new byte[rows][];
      slices = new short[rows];
      events = new byte[rows][];
      int row = 0;
      for (Change<StoredEvent> change : changes) {
        byte[] entityType = Ids.entityType(change.persistenceId);
        short slice = (short) EntityKeys.slice(change.persistenceId);
        for (StoredEvent event : change.items) {
          ids[row] = change.id;
          sequences[row] = event.getSequence();
          entityTypes[row] = entityType;
          slices[row] = slice;
          events[row++] = event.toByteArray();
        }
      }
    }

    void setIn(PreparedStatement statement) throws SQLException {
      statement.setObject(3, ids);
      statement.setObject(4, sequences);
      statement.setObject(5, entityTypes);
      statement.setObject(6, slices);
      statement.setObject(7, events);
    }
  }
}
