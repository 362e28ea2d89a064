// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra;

import akka.NotUsed;
import akka.stream.javadsl.Source;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.holdfast.persistence.EventReader;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.cassandra.block.Blocks;
import io.holdfast.persistence.cassandra.block.Blocks.Block;
import io.holdfast.persistence.cassandra.block.EntityKey;
import io.holdfast.persistence.cassandra.claim.Claims;
import io.holdfast.persistence.cassandra.claim.Standing;
import io.holdfast.persistence.cassandra.database.Cassandra;
import io.holdfast.persistence.cassandra.database.Pages;
import io.holdfast.storage.v1.StoredEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;

/**
 * Streams the events of an entity, part by part and page by page, and then what still stands in
 * tails.
 */
final class CassandraEventReader implements EventReader {

  private static final int PAGE_BLOCKS = 128;

  private final Cassandra cassandra;
  private final Claims claims;
  private final Blocks blocks;
  private final PreparedStatement floor;
  private final PreparedStatement select;

  CassandraEventReader(Cassandra cassandra, Claims claims, Blocks blocks) {
    this.cassandra = cassandra;
    this.claims = claims;
    this.blocks = blocks;
    this.floor =
        cassandra.prepare(
            "SELECT first FROM {blocks} WHERE id = ? AND part = ? AND first <= ?"
                + " ORDER BY first DESC LIMIT 1");
    this.select =
        cassandra.prepare(
            "SELECT "
                + Block.COLUMNS
                + " FROM {blocks} WHERE id = ? AND part = ? AND first >= ? AND first <= ?");
  }

  @Override
  public Source<StoredEvent, NotUsed> read(
      String persistenceId, long fromSequence, long toSequence) {
    EntityKey key = EntityKey.of(persistenceId);
    return Source.completionStageSource(
            claims
                .standing(key)
                .thenCompose(
                    standing ->
                        standing == null
                            ? CompletableFuture.completedFuture(Source.<StoredEvent>empty())
                            : from(key, standing, fromSequence, toSequence)))
        .mapMaterializedValue(nothing -> NotUsed.getInstance());
  }

  private CompletionStage<Source<StoredEvent, NotUsed>> from(
      EntityKey key, Standing standing, long fromSequence, long to) {
    long start = Math.max(Math.max(fromSequence, 1), standing.deletedTo() + 1);
    if (start > to) {
      return CompletableFuture.completedFuture(Source.empty());
    }
    return claims
        .behind(key, standing)
        .thenCompose(
            behind ->
                blockOf(key, start, EntityKey.part(start))
                    .thenApply(first -> blocksFrom(key, standing, first, to))
                    // Some may have come to the history meanwhile.
                    .thenApply(history -> history.concat(Source.from(behind))))
        .thenApply(
            source -> {
              var order = new Order(key, start);
              return source
                  .mapAsync(1, block -> blocks.events(key, block))
                  .mapConcat(events -> events)
                  .filter(event -> order.isNew(event) && event.getSequence() <= to)
                  .mapAsync(1, order::check);
            });
  }

  /** The first event of the block that has the event. */
  private CompletionStage<Long> blockOf(EntityKey key, long sequence, long part) {
    return cassandra
        .one(floor.bind(key.id(), part, sequence))
        .thenCompose(
            row -> {
              if (row != null) {
                return CompletableFuture.completedFuture(row.getLong("first"));
              }
              return part > 0 && part == EntityKey.part(sequence)
                  ? blockOf(key, sequence, part - 1)
                  : CompletableFuture.completedFuture(sequence);
            });
  }

  private Source<Block, NotUsed> blocksFrom(EntityKey key, Standing standing, long first, long to) {
    long lastPart = Math.min(standing.part(), EntityKey.part(to));
    return Source.fromJavaStream(
            () -> LongStream.rangeClosed(EntityKey.part(first), lastPart).boxed())
        .flatMapConcat(
            part ->
                Pages.rows(
                    cassandra, select.bind(key.id(), part, first, to).setPageSize(PAGE_BLOCKS)))
        .map(Block::of);
  }

  /** Notices events that are missing, which those are not that were deleted meanwhile. */
  private final class Order {
    private final EntityKey key;
    private long next;

    Order(EntityKey key, long first) {
      this.key = key;
      this.next = first;
    }

    boolean isNew(StoredEvent event) {
      return event.getSequence() >= next;
    }

    CompletionStage<StoredEvent> check(StoredEvent event) {
      long expected = next;
      next = event.getSequence() + 1;
      if (event.getSequence() == expected) {
        return CompletableFuture.completedFuture(event);
      }
      return claims
          .standing(key)
          .thenApply(
              now -> {
                if (now != null && now.deletedTo() >= event.getSequence() - 1) {
                  return event;
                }
                throw new StoreException(
                    "Event "
                        + expected
                        + " of "
                        + key.persistenceId()
                        + " is missing although later ones are there; restore the store from a"
                        + " backup.",
                    null);
              });
    }
  }
}
