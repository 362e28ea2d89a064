// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres;

import io.holdfast.persistence.WriteRefusedException;
import io.holdfast.persistence.postgres.LaneGroup.Change;
import io.holdfast.persistence.postgres.database.Schema;
import io.holdfast.persistence.postgres.database.SqlFailure;
import io.holdfast.storage.v1.StoredValue;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Values of a group on their way into their table: of each entity only the newest. */
record ValueUpserts(Schema schema) {

  // Sent as one. What is there is locked first, in one order everywhere, and so stays as the check
  // finds it. What comes to be between the check and the insert is missing in what is inserted.
  private static final String CHECK_AND_PUT =
      """
      SELECT persistence_id FROM $.value WHERE persistence_id = ANY (?::bytea[])
        ORDER BY persistence_id FOR UPDATE;
      SELECT change.place, coalesce(stored.revision, 0)
      FROM unnest(?::bytea[], ?::bigint[]) WITH ORDINALITY AS change(id, after, place)
        LEFT JOIN $.value AS stored ON stored.persistence_id = change.id
      WHERE coalesce(stored.revision, 0) <> change.after;
      UPDATE $.value AS stored SET revision = change.revision, value = change.value
      FROM unnest(?::bytea[], ?::bigint[], ?::bytea[]) AS change(id, revision, value)
      WHERE stored.persistence_id = change.id;
      INSERT INTO $.value (persistence_id, revision, value)
      SELECT * FROM unnest(?::bytea[], ?::bigint[], ?::bytea[])
      ON CONFLICT DO NOTHING
      """;

  /**
   * Writes into the transaction that is open.
   *
   * @return the entities that another writer has put a value of, and nothing may be committed then
   */
  Map<Change<?>, WriteRefusedException> write(
      Connection connection, List<Change<StoredValue>> changes) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(schema.in(CHECK_AND_PUT))) {
      statement.setObject(1, ids(changes));
      statement.setObject(2, ids(changes));
      statement.setObject(3, changes.stream().mapToLong(change -> change.after).toArray());
      var first = changes.stream().filter(change -> change.after == 0).toList();
      setRows(statement, 4, changes.stream().filter(change -> change.after > 0).toList());
      setRows(statement, 7, first);
      statement.execute();
      statement.getMoreResults();
      Map<Change<?>, WriteRefusedException> refused;
      try (ResultSet found = statement.getResultSet()) {
        refused = refused(changes, found);
      }
      statement.getMoreResults();
      statement.getMoreResults();
      if (refused.isEmpty() && statement.getUpdateCount() < first.size()) {
        throw SqlFailure.contested();
      }
      return refused;
    }
  }

  private static Map<Change<?>, WriteRefusedException> refused(
      List<Change<StoredValue>> changes, ResultSet found) throws SQLException {
    var refused = new HashMap<Change<?>, WriteRefusedException>();
    while (found.next()) {
      Change<StoredValue> change = changes.get(found.getInt(1) - 1);
      refused.put(
          change,
          WriteRefusedException.outOfRevision(
              change.persistenceId, change.after + 1, found.getLong(2) + 1));
    }
    return refused;
  }

  private static void setRows(PreparedStatement statement, int at, List<Change<StoredValue>> rows)
      throws SQLException {
    statement.setObject(at, ids(rows));
    statement.setObject(at + 1, rows.stream().mapToLong(Change::last).toArray());
    statement.setObject(
        at + 2,
        rows.stream()
            .map(change -> change.items.get(change.items.size() - 1).toByteArray())
            .toArray(byte[][]::new));
  }

  private static byte[][] ids(List<Change<StoredValue>> rows) {
    return rows.stream().map(change -> change.id).toArray(byte[][]::new);
  }
}
