// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra;

import akka.Done;
import akka.actor.ActorSystem;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.holdfast.persistence.cassandra.block.Blocks;
import io.holdfast.persistence.cassandra.block.EntityKey;
import io.holdfast.persistence.cassandra.block.Payloads;
import io.holdfast.persistence.cassandra.block.Payloads.Payload;
import io.holdfast.persistence.cassandra.block.Places;
import io.holdfast.persistence.cassandra.claim.Claims;
import io.holdfast.persistence.cassandra.database.Cassandra;
import io.holdfast.persistence.cassandra.database.Pages;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;

/**
 * Deletes events: first no reader of the entity gets them any more, then their blocks go, with
 * their chunks and entries in the log. A block of which events remain is marked instead.
 */
final class Deletions {

  private final ActorSystem system;
  private final Cassandra cassandra;
  private final Claims claims;
  private final Payloads payloads;
  private final PreparedStatement select;
  private final PreparedStatement delete;
  private final PreparedStatement leave;
  private final PreparedStatement mark;

  Deletions(ActorSystem system, Cassandra cassandra, Claims claims, Payloads payloads) {
    this.system = system;
    this.cassandra = cassandra;
    this.claims = claims;
    this.payloads = payloads;
    this.select =
        cassandra.prepare(
            "SELECT first, last, place, deleted_to, chunks, count FROM {blocks}"
                + " WHERE id = ? AND part = ? AND first <= ?");
    this.delete =
        cassandra.prepare(
            "DELETE FROM {blocks} USING TIMESTAMP ? WHERE id = ? AND part = ? AND first <= ?");
    this.leave =
        cassandra.prepare(
            "DELETE FROM {log} WHERE type = ? AND lane = ? AND bucket = ? AND place = ?");
    this.mark =
        cassandra.prepare(
            "UPDATE {blocks} USING TIMESTAMP ? SET deleted_to = ?"
                + " WHERE id = ? AND part = ? AND first = ?");
  }

  /** Deletes the events up to {@code upTo}, which are stored. By the entity's writer only. */
  CompletionStage<?> delete(EntityKey key, long epoch, long upTo) {
    if (upTo == 0) {
      return CompletableFuture.completedFuture(null);
    }
    return claims
        .standing(key)
        .thenCompose(
            before ->
                claims
                    .markDeleted(key, upTo)
                    .thenCompose(
                        marked ->
                            purge(key, epoch, before == null ? 0 : before.deletedTo(), upTo)));
  }

  private CompletionStage<Done> purge(EntityKey key, long epoch, long deletedTo, long upTo) {
    // The block that an earlier deletion left a part of may begin in the part before.
    long firstPart = Math.max(0, EntityKey.part(deletedTo + 1) - 1);
    return Source.fromJavaStream(
            () -> LongStream.rangeClosed(firstPart, EntityKey.part(upTo)).boxed())
        .mapAsync(1, part -> purgePart(key, epoch, part, upTo))
        .runWith(Sink.ignore(), system);
  }

  private CompletionStage<Done> purgePart(EntityKey key, long epoch, long part, long upTo) {
    long time = Blocks.timeOf(epoch);
    return Pages.rows(cassandra, select.bind(key.id(), part, upTo))
        .mapAsync(
            8,
            row ->
                row.getLong("last") > upTo
                    ? cassandra
                        .run(mark.bind(time, upTo, key.id(), part, row.getLong("first")))
                        .thenApply(done -> 0L)
                    : release(key, row).thenApply(done -> row.getLong("first")))
        .runWith(Sink.fold(0L, Math::max), system)
        .thenCompose(
            whole ->
                whole == 0
                    ? CompletableFuture.completedFuture(Done.getInstance())
                    : cassandra
                        .run(delete.bind(time, key.id(), part, whole))
                        .thenApply(done -> Done.getInstance()));
  }

  private CompletionStage<?> release(EntityKey key, Row row) {
    long place = row.getLong("place");
    return payloads
        .delete(new Payload(null, row.getUuid("chunks"), row.getInt("count")))
        .thenCompose(
            done -> cassandra.run(leave.bind(key.type(), key.lane(), Places.bucket(place), place)));
  }
}
