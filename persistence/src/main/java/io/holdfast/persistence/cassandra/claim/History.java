// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.claim;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.holdfast.persistence.cassandra.block.Blocks.Block;
import io.holdfast.persistence.cassandra.block.EntityKey;
import io.holdfast.persistence.cassandra.database.Cassandra;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The blocks that stand in an entity's history, as far as a claim has to know them. */
final class History {

  private final Cassandra cassandra;
  private final PreparedStatement newest;
  private final PreparedStatement between;

  History(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.newest =
        cassandra.prepare(
            "SELECT "
                + Block.COLUMNS
                + " FROM {blocks} WHERE id = ? AND part = ? ORDER BY first DESC LIMIT 1");
    this.between =
        cassandra.prepare(
            "SELECT "
                + Block.COLUMNS
                + " FROM {blocks} WHERE id = ? AND part = ? AND first >= ? AND first <= ?");
  }

  /** The last event that was ever stored in it. */
  static long lastOf(Standing now, @Nullable Block newest) {
    return newest == null ? now.deletedTo() : Math.max(now.deletedTo(), newest.last());
  }

  /** The block with its last events; null when there is none. */
  CompletionStage<@Nullable Block> newest(EntityKey key, Standing now) {
    return newest(key, now.part(), EntityKey.part(now.deletedTo() + 1));
  }

  private CompletionStage<@Nullable Block> newest(EntityKey key, long part, long firstPart) {
    return cassandra
        .one(newest.bind(key.id(), part))
        .thenCompose(
            row -> {
              if (row != null) {
                return CompletableFuture.<@Nullable Block>completedFuture(Block.of(row));
              }
              // A block that begins in the part before may reach into this one.
              return part == 0 || part < firstPart
                  ? CompletableFuture.<@Nullable Block>completedFuture(null)
                  : newest(key, part - 1, firstPart);
            });
  }

  /**
   * A block that counts.
   *
   * @param isStored whether it stands in the history, as opposed to a tail alone
   */
  record Found(Block block, boolean isStored) {

    static Found inTail(Block block) {
      return new Found(block, false);
    }
  }

  /**
   * The blocks, in their order, that may stand on too few replicas to be found by everybody. The
   * newest one is such a block. So are those before it that still stand in a tail: their writer had
   * begun to move them, and may have ended in the middle of it. What stands in the history goes
   * before what stands in a tail, which an overtaken writer may have left; a block of the history
   * may be several of a tail.
   *
   * @param newest as {@link #newest} found it
   * @param tail what tails have of the events up to there
   */
  CompletionStage<List<Found>> unsure(
      EntityKey key, Standing now, @Nullable Block newest, List<Block> tail) {
    List<Block> recent = tail.stream().filter(block -> block.last() > now.deletedTo()).toList();
    if (newest == null || newest.last() <= now.deletedTo()) {
      return CompletableFuture.completedFuture(found(List.of(), recent));
    }
    if (recent.isEmpty()) {
      return CompletableFuture.completedFuture(found(List.of(newest), recent));
    }
    return between(key, Math.min(recent.get(0).first(), newest.first()), newest.first())
        .thenApply(stored -> found(stored, recent));
  }

  private static List<Found> found(List<Block> stored, List<Block> tail) {
    var history = new TreeMap<Long, Block>();
    stored.forEach(block -> history.put(block.first(), block));
    var found = new TreeMap<Long, Found>();
    for (Block block : tail) {
      Map.Entry<Long, Block> before = history.floorEntry(block.first());
      if (before == null || before.getValue().last() < block.last()) {
        found.put(block.first(), Found.inTail(block));
      }
    }
    history.forEach((first, block) -> found.put(first, new Found(block, true)));
    return List.copyOf(found.values());
  }

  private CompletionStage<List<Block>> between(EntityKey key, long from, long to) {
    var found = new ArrayList<Block>();
    CompletionStage<?> read = CompletableFuture.completedFuture(null);
    for (long part = EntityKey.part(from); part <= EntityKey.part(to); part++) {
      var rows = between.bind(key.id(), part, from, to);
      read = read.thenCompose(before -> cassandra.all(rows)).thenAccept(all -> addTo(found, all));
    }
    return read.thenApply(done -> found);
  }

  private static void addTo(List<Block> found, List<Row> rows) {
    rows.forEach(row -> found.add(Block.of(row)));
  }
}
