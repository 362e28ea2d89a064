// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra;

import akka.Done;
import akka.NotUsed;
import akka.actor.ActorSystem;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.InvalidProtocolBufferException;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.cassandra.block.EntityKey;
import io.holdfast.persistence.cassandra.block.Payloads;
import io.holdfast.persistence.cassandra.block.Payloads.Payload;
import io.holdfast.persistence.cassandra.database.Cassandra;
import io.holdfast.persistence.cassandra.database.Pages;
import io.holdfast.persistence.plugin.KeptSnapshots;
import io.holdfast.storage.v1.StoredSnapshot;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Snapshots, of which an entity has one, or two while one takes the place of another. */
final class SnapshotTable implements KeptSnapshots {

  private final ActorSystem system;
  private final Cassandra cassandra;
  private final Payloads payloads;
  private final PreparedStatement select;
  private final PreparedStatement insert;
  private final PreparedStatement delete;

  SnapshotTable(ActorSystem system, Cassandra cassandra, Payloads payloads) {
    this.system = system;
    this.cassandra = cassandra;
    this.payloads = payloads;
    this.select =
        cassandra.prepare(
            "SELECT sequence, bytes, chunks, count, millis FROM {snapshots}"
                + " WHERE id = ? AND sequence >= ? AND sequence <= ? ORDER BY sequence DESC");
    this.insert =
        cassandra.prepare(
            "INSERT INTO {snapshots} (id, sequence, bytes, chunks, count, millis)"
                + " VALUES (?, ?, ?, ?, ?, ?)");
    this.delete = cassandra.prepare("DELETE FROM {snapshots} WHERE id = ? AND sequence = ?");
  }

  @Override
  public CompletionStage<Optional<StoredSnapshot>> latest(Selection among) {
    String what = "The snapshot of " + among.persistenceId();
    return rows(among)
        .runWith(Sink.headOption(), system)
        .thenCompose(
            row ->
                row.isEmpty()
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : payloads
                        .read(Payload.of(row.get()), what)
                        .thenApply(bytes -> Optional.of(parse(bytes, what))));
  }

  private static StoredSnapshot parse(byte[] bytes, String what) {
    try {
      return StoredSnapshot.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw StoreException.damaged(what, e);
    }
  }

  private Source<Row, NotUsed> rows(Selection which) {
    return Source.lazySource(
            () ->
                Pages.rows(
                    cassandra,
                    select
                        .bind(
                            EntityKey.of(which.persistenceId()).id(),
                            which.fromSequence(),
                            which.toSequence())
                        .setPageSize(2)))
        .mapMaterializedValue(nothing -> NotUsed.getInstance())
        .filter(
            row ->
                row.getLong("millis") >= which.fromMillis()
                    && row.getLong("millis") <= which.toMillis());
  }

  @Override
  public CompletionStage<Void> save(String persistenceId, StoredSnapshot snapshot) {
    long sequence = snapshot.getSequence();
    return payloads
        .write(snapshot.toByteArray())
        .thenCompose(
            payload ->
                cassandra.run(
                    insert.bind(
                        EntityKey.of(persistenceId).id(),
                        sequence,
                        payload.bytes(),
                        payload.chunks(),
                        payload.count(),
                        KeptSnapshots.timeMillis(snapshot))))
        .thenCompose(
            saved -> delete(new Selection(persistenceId, 0, sequence - 1, 0, Long.MAX_VALUE)));
  }

  @Override
  public CompletionStage<Void> delete(Selection which) {
    return rows(which)
        .mapAsync(
            1,
            row ->
                cassandra
                    .run(
                        delete.bind(
                            EntityKey.of(which.persistenceId()).id(), row.getLong("sequence")))
                    .thenCompose(deleted -> payloads.delete(Payload.of(row)))
                    .thenApply(gone -> Done.getInstance()))
        .runWith(Sink.ignore(), system)
        .thenAccept(all -> {});
  }
}
