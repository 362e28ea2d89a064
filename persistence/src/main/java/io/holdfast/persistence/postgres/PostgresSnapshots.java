// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres;

import com.google.protobuf.InvalidProtocolBufferException;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.plugin.KeptSnapshots;
import io.holdfast.persistence.postgres.database.Database;
import io.holdfast.persistence.postgres.database.Ids;
import io.holdfast.storage.v1.StoredSnapshot;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Snapshots, each saved by a statement of its own: nobody waits for them. */
record PostgresSnapshots(Database database, Executor reads) implements KeptSnapshots {

  private static final String SELECTED =
      """
      WHERE persistence_id = ? AND sequence BETWEEN ? AND ? AND time_millis BETWEEN ? AND ?
      """;
  private static final String LATEST =
      "SELECT sequence, snapshot FROM $.snapshot " + SELECTED + "ORDER BY sequence DESC LIMIT 1";
  private static final String DELETE = "DELETE FROM $.snapshot " + SELECTED;
  private static final String SAVE =
      """
      WITH older AS (DELETE FROM $.snapshot WHERE persistence_id = ? AND sequence < ?)
      INSERT INTO $.snapshot (persistence_id, sequence, time_millis, snapshot) VALUES (?, ?, ?, ?)
      ON CONFLICT (persistence_id, sequence) DO UPDATE
      SET time_millis = excluded.time_millis, snapshot = excluded.snapshot
      """;

  @Override
  public CompletionStage<Optional<StoredSnapshot>> latest(Selection among) {
    return execute(
        LATEST,
        statement -> {
          select(statement, among);
          try (ResultSet found = statement.executeQuery()) {
            return found.next()
                ? Optional.of(parse(among.persistenceId(), found))
                : Optional.empty();
          }
        });
  }

  private static StoredSnapshot parse(String persistenceId, ResultSet row) throws SQLException {
    try {
      return StoredSnapshot.parseFrom(row.getBytes(2));
    } catch (InvalidProtocolBufferException e) {
      throw StoreException.damaged("Snapshot " + row.getLong(1) + " of " + persistenceId, e);
    }
  }

  @Override
  public CompletionStage<Void> save(String persistenceId, StoredSnapshot snapshot) {
    return execute(
            SAVE,
            statement -> {
              byte[] id = Ids.bytes(persistenceId);
              statement.setBytes(1, id);
              statement.setLong(2, snapshot.getSequence());
              statement.setBytes(3, id);
              statement.setLong(4, snapshot.getSequence());
              statement.setLong(5, KeptSnapshots.timeMillis(snapshot));
              statement.setBytes(6, snapshot.toByteArray());
              return statement.executeUpdate();
            })
        .thenAccept(rows -> {});
  }

  @Override
  public CompletionStage<Void> delete(Selection which) {
    return execute(
            DELETE,
            statement -> {
              select(statement, which);
              return statement.executeUpdate();
            })
        .thenAccept(rows -> {});
  }

  private static void select(PreparedStatement statement, Selection selection) throws SQLException {
    statement.setBytes(1, Ids.bytes(selection.persistenceId()));
    statement.setLong(2, selection.fromSequence());
    statement.setLong(3, selection.toSequence());
    statement.setLong(4, selection.fromMillis());
    statement.setLong(5, selection.toMillis());
  }

  private <T> CompletionStage<T> execute(String sql, Execution<T> execution) {
    return CompletableFuture.supplyAsync(
        () ->
            database.use(
                "keep snapshots",
                connection -> {
                  try (PreparedStatement statement =
                      connection.prepareStatement(database.schema().in(sql))) {
                    return execution.of(statement);
                  }
                }),
        reads);
  }

  private interface Execution<T> {
    T of(PreparedStatement statement) throws SQLException;
  }
}
