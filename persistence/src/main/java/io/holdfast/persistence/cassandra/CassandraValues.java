// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.google.protobuf.InvalidProtocolBufferException;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.Values;
import io.holdfast.persistence.WriteRefusedException;
import io.holdfast.persistence.cassandra.block.EntityKey;
import io.holdfast.persistence.cassandra.block.Payloads;
import io.holdfast.persistence.cassandra.block.Payloads.Payload;
import io.holdfast.persistence.cassandra.database.Cassandra;
import io.holdfast.storage.v1.StoredValue;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Values, each one row. A lightweight transaction puts the next revision in the place of the one
 * before. Reads settle what a put of unknown outcome left behind.
 */
final class CassandraValues implements Values {

  private final Cassandra cassandra;
  private final Payloads payloads;
  private final LargeValues large;
  private final ConsistencyLevel serial;
  private final PreparedStatement select;
  private final PreparedStatement first;
  private final PreparedStatement next;

  /** The newest put of each value that has one under way. */
  private final Map<String, CompletableFuture<?>> underWay = new ConcurrentHashMap<>();

  CassandraValues(Cassandra cassandra, Payloads payloads) {
    this.cassandra = cassandra;
    this.payloads = payloads;
    this.large = new LargeValues(payloads);
    this.serial = DefaultConsistencyLevel.valueOf(cassandra.settings().serialConsistency());
    this.select =
        cassandra.prepare(
            "SELECT revision, bytes, chunks, count FROM {current_values} WHERE id = ?");
    this.first =
        cassandra.prepare(
            "INSERT INTO {current_values} (id, revision, bytes, chunks, count)"
                + " VALUES (?, ?, ?, ?, ?) IF NOT EXISTS");
    this.next =
        cassandra.prepare(
            "UPDATE {current_values} SET revision = ?, bytes = ?, chunks = ?, count = ?"
                + " WHERE id = ? IF revision = ?");
  }

  @Override
  public CompletionStage<Optional<StoredValue>> get(String persistenceId) {
    return payload(persistenceId)
        .thenCompose(
            found ->
                found == null
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : read(persistenceId, found).thenApply(Optional::of));
  }

  private CompletionStage<@Nullable Payload> payload(String persistenceId) {
    EntityKey key = EntityKey.of(persistenceId);
    return cassandra
        .one(select.bind(key.id()).setConsistencyLevel(serial))
        .thenApply(row -> row == null ? null : Payload.of(row));
  }

  private CompletionStage<StoredValue> read(String persistenceId, Payload payload) {
    String what = "The value of " + persistenceId;
    large.found(persistenceId, payload);
    return payloads
        .read(payload, what)
        .thenApply(bytes -> parse(bytes, what))
        .exceptionallyCompose(e -> readNewer(persistenceId, payload, e));
  }

  // Its chunks may have gone since, because another value took its place.
  private CompletionStage<StoredValue> readNewer(
      String persistenceId, Payload unreadable, Throwable failure) {
    return payload(persistenceId)
        .thenCompose(
            now ->
                now == null || Objects.equals(now.chunks(), unreadable.chunks())
                    ? CompletableFuture.failedFuture(failure)
                    : read(persistenceId, now));
  }

  private static StoredValue parse(byte[] bytes, String what) {
    try {
      return StoredValue.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw StoreException.damaged(what, e);
    }
  }

  @Override
  public CompletionStage<Void> put(String persistenceId, StoredValue value) {
    EntityKey key = EntityKey.of(persistenceId);
    var done = new CompletableFuture<Void>();
    var before = underWay.put(persistenceId, done);
    CompletionStage<?> turn =
        before == null
            ? CompletableFuture.completedFuture(null)
            : before.handle((ended, failure) -> ended);
    var unused =
        turn.thenCompose(mine -> store(key, value))
            .whenComplete(
                (stored, failure) -> {
                  underWay.remove(persistenceId, done);
                  if (failure == null) {
                    done.complete(null);
                  } else {
                    done.completeExceptionally(
                        failure.getCause() == null ? failure : failure.getCause());
                  }
                });
    return done;
  }

  private CompletionStage<?> store(EntityKey key, StoredValue value) {
    return payloads.write(value.toByteArray()).thenCompose(payload -> store(key, value, payload));
  }

  private CompletionStage<?> store(EntityKey key, StoredValue value, Payload payload) {
    return cassandra
        .run(statement(key, value.getRevision(), payload))
        .thenAccept(
            rows -> {
              if (rows.wasApplied()) {
                large.replacedBy(key.persistenceId(), payload);
              } else {
                large.forget(payload);
                var now = rows.one();
                boolean nothing = now == null || !now.getColumnDefinitions().contains("revision");
                throw WriteRefusedException.outOfRevision(
                    key.persistenceId(),
                    value.getRevision(),
                    nothing ? 1 : now.getLong("revision") + 1);
              }
            });
  }

  // Carried out twice, the second one finds the revision taken: by the first.
  private BoundStatement statement(EntityKey key, long revision, Payload payload) {
    return (revision == 1
            ? first.bind(key.id(), revision, payload.bytes(), payload.chunks(), payload.count())
            : next.bind(
                revision,
                payload.bytes(),
                payload.chunks(),
                payload.count(),
                key.id(),
                revision - 1))
        .setIdempotent(false);
  }
}
