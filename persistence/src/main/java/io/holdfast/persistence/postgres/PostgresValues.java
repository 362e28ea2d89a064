// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres;

import com.google.protobuf.InvalidProtocolBufferException;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.Values;
import io.holdfast.persistence.plugin.Outcome;
import io.holdfast.persistence.postgres.database.Database;
import io.holdfast.persistence.postgres.database.Ids;
import io.holdfast.storage.v1.StoredValue;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Values in a table of their own, written by the lanes along with events. */
record PostgresValues(Database database, Function<String, Lane> lanes, Executor reads)
    implements Values {

  private static final String NEWEST = "SELECT value FROM $.value WHERE persistence_id = ?";

  @Override
  public CompletionStage<Optional<StoredValue>> get(String persistenceId) {
    return CompletableFuture.supplyAsync(() -> newest(persistenceId), reads);
  }

  private Optional<StoredValue> newest(String persistenceId) {
    byte[] id = Ids.bytes(persistenceId);
    return database.read(
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement(database.schema().in(NEWEST))) {
            statement.setBytes(1, id);
            try (ResultSet found = statement.executeQuery()) {
              return found.next()
                  ? Optional.of(parse(persistenceId, found.getBytes(1)))
                  : Optional.empty();
            }
          }
        });
  }

  private static StoredValue parse(String persistenceId, byte[] value) {
    try {
      return StoredValue.parseFrom(value);
    } catch (InvalidProtocolBufferException e) {
      throw StoreException.damaged("The value of " + persistenceId, e);
    }
  }

  @Override
  public CompletionStage<Void> put(String persistenceId, StoredValue value) {
    var done = new CompletableFuture<Void>();
    lanes
        .apply(persistenceId)
        .submit(new LaneTask.Put(persistenceId, value, Outcome.completing(done)));
    return done;
  }
}
