// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.claim;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.cassandra.block.Blocks;
import io.holdfast.persistence.cassandra.block.Blocks.Block;
import io.holdfast.persistence.cassandra.block.EntityKey;
import io.holdfast.persistence.cassandra.block.Places;
import io.holdfast.persistence.cassandra.database.Cassandra;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Makes this writer the one of an entity.
 *
 * <ol>
 *   <li>A lightweight transaction raises the entity's epoch. Who wrote before, and those whose
 *       claims were never settled, are remembered as victims.
 *   <li>The victims' fences are raised: what they acknowledge from now on was stored before.
 *   <li>What is stored is read. Its last block may never have been acknowledged, but from now on it
 *       counts: it is written again, to as many replicas as an acknowledged one has.
 *   <li>A deletion that wins over earlier epochs, and not over this one, hides whatever of them may
 *       still arrive behind that block.
 * </ol>
 */
public final class Claims {

  private static final int ATTEMPTS = 10;

  private final Cassandra cassandra;
  private final Fences fences;
  private final Blocks blocks;
  private final Places places;
  private final long self;
  private final PreparedStatement select;
  private final PreparedStatement first;
  private final PreparedStatement next;
  private final PreparedStatement tail;
  private final PreparedStatement settled;
  private final PreparedStatement newPart;
  private final PreparedStatement deleted;

  public Claims(Cassandra cassandra, Fences fences, Blocks blocks, Places places, long self) {
    this.cassandra = cassandra;
    this.fences = fences;
    this.blocks = blocks;
    this.places = places;
    this.self = self;
    this.select =
        cassandra.prepare(
            "SELECT epoch, owner, victims, settled, part, deleted_to FROM {entities}"
                + " WHERE id = ?");
    this.first =
        cassandra.prepare(
            "INSERT INTO {entities} (id, epoch, owner) VALUES (?, 1, ?) IF NOT EXISTS");
    this.next =
        cassandra.prepare(
            "UPDATE {entities} SET epoch = ?, owner = ?, victims = ? WHERE id = ? IF epoch = ?");
    this.tail =
        cassandra.prepare(
            "SELECT "
                + Block.COLUMNS
                + " FROM {blocks} WHERE id = ? AND part = ? ORDER BY first DESC LIMIT 1");
    // Those below only grow: their own value is their time.
    this.settled =
        cassandra.prepare("UPDATE {entities} USING TIMESTAMP ? SET settled = ? WHERE id = ?");
    this.newPart =
        cassandra.prepare("UPDATE {entities} USING TIMESTAMP ? SET part = ? WHERE id = ?");
    this.deleted =
        cassandra.prepare("UPDATE {entities} USING TIMESTAMP ? SET deleted_to = ? WHERE id = ?");
  }

  /**
   * What this writer holds.
   *
   * @param last the sequence number of the last event that was ever stored
   * @param part the newest partition that readers know of
   * @param generation the fence's when the claim began
   */
  public record Claim(long epoch, long last, long part, long generation) {}

  /** What is known of an entity beside its events. */
  public record Standing(
      long epoch, long owner, Set<Long> victims, long settled, long part, long deletedTo) {

    static Standing of(Row row) {
      Set<Long> victims = row.getSet("victims", Long.class);
      return new Standing(
          row.getLong("epoch"),
          row.getLong("owner"),
          victims == null ? Set.of() : victims,
          row.getLong("settled"),
          row.getLong("part"),
          row.getLong("deleted_to"));
    }

    Set<Long> nextVictims() {
      Set<Long> next = settled == epoch ? new HashSet<>() : new HashSet<>(victims);
      next.add(owner);
      return next;
    }
  }

  /** Null when nobody ever claimed the entity, and so nothing is stored of it. */
  public CompletionStage<@Nullable Standing> standing(EntityKey key) {
    return cassandra
        .one(select.bind(key.id()))
        .thenApply(row -> row == null ? null : Standing.of(row));
  }

  /** Whether this writer still holds what it claimed. */
  public CompletionStage<Boolean> holds(EntityKey key, long epoch) {
    return standing(key)
        .thenApply(now -> now != null && now.epoch() == epoch && now.owner() == self);
  }

  public CompletionStage<Claim> claim(EntityKey key) {
    return claim(key, ATTEMPTS);
  }

  private CompletionStage<Claim> claim(EntityKey key, int attempts) {
    if (attempts == 0) {
      throw new StoreException(
          "Too many proxies claim "
              + key.persistenceId()
              + " at once; look at the cluster's"
              + " membership.",
          null);
    }
    long generation = fences.generation();
    return standing(key)
        .thenCompose(
            before -> {
              if (before == null) {
                var fresh = new Claim(1, 0, 0, generation);
                return transact(first.bind(key.id(), self))
                    .thenCompose(
                        won ->
                            won
                                ? CompletableFuture.completedFuture(fresh)
                                : claim(key, attempts - 1));
              }
              long epoch = before.epoch() + 1;
              Set<Long> victims = before.nextVictims();
              return transact(next.bind(epoch, self, victims, key.id(), before.epoch()))
                  .thenCompose(
                      won ->
                          won ? settle(key, epoch, victims, generation) : claim(key, attempts - 1));
            });
  }

  private CompletionStage<Boolean> transact(BoundStatement statement) {
    return cassandra.run(statement).thenApply(rows -> rows.wasApplied());
  }

  private CompletionStage<Claim> settle(
      EntityKey key, long epoch, Set<Long> victims, long generation) {
    return fences
        .raise(victims)
        .thenCompose(raised -> standing(key))
        .thenCompose(
            now -> {
              if (now == null) {
                throw StoreException.damaged("The standing of " + key.persistenceId(), null);
              }
              return tail(key, now.part(), EntityKey.part(now.deletedTo() + 1))
                  .thenCompose(last -> settle(key, epoch, now, last))
                  .thenApply(last -> new Claim(epoch, last, now.part(), generation));
            });
  }

  private CompletionStage<Long> settle(
      EntityKey key, long epoch, Standing now, @Nullable Block block) {
    long last = block == null ? now.deletedTo() : Math.max(now.deletedTo(), block.last());
    CompletionStage<?> kept =
        block == null || block.last() <= now.deletedTo()
            ? CompletableFuture.completedFuture(null)
            : keep(key, epoch, block);
    return kept.thenCompose(done -> blocks.closeBehind(key, epoch, last))
        .thenApply(
            done -> {
              // Should it fail, the next claimer only has more victims.
              var unused = cassandra.run(settled.bind(epoch, epoch, key.id()));
              return last;
            });
  }

  private CompletionStage<?> keep(EntityKey key, long epoch, Block block) {
    return blocks
        .isEntered(key, block)
        .thenCompose(
            entered -> {
              // Without an entry, readers of the log may be past its place.
              int events = (int) (block.last() - block.first() + 1);
              return blocks.put(key, epoch, entered ? block : block.at(places.next(events)));
            });
  }

  private CompletionStage<@Nullable Block> tail(EntityKey key, long part, long firstPart) {
    return cassandra
        .one(tail.bind(key.id(), part))
        .thenCompose(
            row -> {
              if (row != null) {
                return CompletableFuture.<@Nullable Block>completedFuture(Block.of(row));
              }
              // A block that begins in the part before may reach into this one.
              return part == 0 || part < firstPart
                  ? CompletableFuture.<@Nullable Block>completedFuture(null)
                  : tail(key, part - 1, firstPart);
            });
  }

  /** To be done before the first block of a part. */
  public CompletionStage<?> openPart(EntityKey key, long part) {
    return cassandra.run(newPart.bind(part, part, key.id()));
  }

  /** Events up to here are no longer read. */
  public CompletionStage<?> markDeleted(EntityKey key, long sequence) {
    return cassandra.run(deleted.bind(sequence, sequence, key.id()));
  }
}
