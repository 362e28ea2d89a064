// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.claim;

import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.cassandra.block.Blocks;
import io.holdfast.persistence.cassandra.block.Blocks.Block;
import io.holdfast.persistence.cassandra.block.EntityKey;
import io.holdfast.persistence.cassandra.block.Places;
import io.holdfast.persistence.cassandra.claim.History.Found;
import io.holdfast.persistence.cassandra.database.Cassandra;
import io.holdfast.persistence.cassandra.tail.Tail;
import io.holdfast.persistence.cassandra.tail.Tails;
import java.util.List;
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
 *   <li>What is stored is read: the victims' tails, and then the entity's history, since blocks
 *       move from there to here. What may never have been acknowledged counts from now on: it is
 *       written again, to as many replicas as an acknowledged block has.
 *   <li>A deletion that wins over earlier epochs, and not over this one, hides whatever of them may
 *       still arrive behind that block.
 * </ol>
 */
public final class Claims {

  private static final int ATTEMPTS = 10;

  private final Cassandra cassandra;
  private final Fences fences;
  private final Blocks blocks;
  private final Tails tails;
  private final Tail tail;
  private final Places places;
  private final long self;
  private final PreparedStatement select;
  private final PreparedStatement first;
  private final PreparedStatement next;
  private final History history;
  private final PreparedStatement settled;
  private final PreparedStatement newPart;
  private final PreparedStatement deleted;

  /**
   * @param tail this writer's
   * @param self this writer's number, which no other ever had
   */
  public Claims(
      Cassandra cassandra,
      Fences fences,
      Blocks blocks,
      Tails tails,
      Tail tail,
      Places places,
      long self) {
    this.cassandra = cassandra;
    this.fences = fences;
    this.blocks = blocks;
    this.tails = tails;
    this.tail = tail;
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
    this.history = new History(cassandra);
    // Those below only grow: their own value is their time.
    this.settled =
        cassandra.prepare("UPDATE {entities} USING TIMESTAMP ? SET settled = ? WHERE id = ?");
    this.newPart =
        cassandra.prepare("UPDATE {entities} USING TIMESTAMP ? SET part = ? WHERE id = ?");
    this.deleted =
        cassandra.prepare("UPDATE {entities} USING TIMESTAMP ? SET deleted_to = ? WHERE id = ?");
  }

  /**
   * What a writer holds.
   *
   * @param writer its number
   * @param last the sequence number of the last event that was ever stored
   * @param part the newest partition that readers know of
   * @param generation the fence's when the claim began
   */
  public record Claim(long writer, long epoch, long last, long part, long generation) {}

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
                var fresh = new Claim(self, 1, 0, 0, generation);
                return transact(first.bind(key.id(), self))
                    .thenCompose(
                        won ->
                            won
                                ? CompletableFuture.completedFuture(fresh)
                                : claim(key, attempts - 1));
              }
              long epoch = before.epoch() + 1;
              return transact(next.bind(epoch, self, before.writers(), key.id(), before.epoch()))
                  .thenCompose(
                      won ->
                          won ? settle(key, epoch, before, generation) : claim(key, attempts - 1));
            });
  }

  private CompletionStage<Boolean> transact(BoundStatement statement) {
    return cassandra.run(statement).thenApply(rows -> rows.wasApplied());
  }

  private CompletionStage<Claim> settle(
      EntityKey key, long epoch, Standing before, long generation) {
    return fences
        .raise(before.writers())
        .thenCompose(raised -> recent(key, before))
        .thenCompose(
            recent ->
                standing(key)
                    .thenCompose(
                        now -> {
                          if (now == null) {
                            throw StoreException.damaged(
                                "The standing of " + key.persistenceId(), null);
                          }
                          return history
                              .newest(key, now)
                              .thenCompose(block -> settle(key, epoch, now, block, recent))
                              .thenApply(
                                  last -> new Claim(self, epoch, last, now.part(), generation));
                        }));
  }

  private CompletionStage<Long> settle(
      EntityKey key, long epoch, Standing now, @Nullable Block newest, Recent recent) {
    long stored = History.lastOf(now, newest);
    List<Block> moved = recent.behind(stored);
    long last = moved.isEmpty() ? stored : moved.get(moved.size() - 1).last();
    return history
        .unsure(key, now, newest, recent.upTo(stored))
        .thenCompose(unsure -> keepAll(key, epoch, unsure))
        .thenCompose(anew -> keepAll(key, epoch, moved.stream().map(Found::inTail).toList()))
        .thenCompose(done -> blocks.closeBehind(key, epoch, last))
        .thenCompose(done -> cassandra.run(settled.bind(epoch, epoch, key.id())))
        .thenApply(done -> last);
  }

  private CompletionStage<Boolean> keepAll(EntityKey key, long epoch, List<Found> all) {
    CompletionStage<Boolean> kept = CompletableFuture.completedFuture(false);
    for (Found each : all) {
      kept = kept.thenCompose(anew -> keep(key, epoch, each, anew));
    }
    return kept;
  }

  /**
   * Completes with whether the block got a new place in the log, behind those of blocks that follow
   * it.
   *
   * @param anew whether one before it did
   */
  private CompletionStage<Boolean> keep(EntityKey key, long epoch, Found found, boolean anew) {
    Block block = found.block();
    return (anew ? CompletableFuture.completedFuture(false) : hasPlace(key, found))
        .thenCompose(
            stays ->
                blocks
                    .put(key, epoch, stays ? block : block.at(places.next(block.events())))
                    .thenApply(done -> !stays));
  }

  /** Whether readers of the log find the block at its place, however far they are. */
  private CompletionStage<Boolean> hasPlace(EntityKey key, Found found) {
    Block block = found.block();
    if (!found.isStored()) {
      return CompletableFuture.completedFuture(false);
    }
    // No reader of the log is there yet.
    return places.millisSince(block.place()) < cassandra.settings().logDelay().toMillis() / 2
        ? CompletableFuture.completedFuture(true)
        : blocks.isEntered(key, block);
  }

  // To be read before the history is: blocks move to there, and never back.
  private CompletionStage<Recent> recent(EntityKey key, Standing standing) {
    Set<Long> others = standing.writers();
    others.remove(self);
    return tail.moved(key)
        .thenCompose(moved -> tails.read(others, key))
        .thenApply(found -> Recent.of(standing, found));
  }

  /** Claims an entity unless that writer has nothing to do with it any more. */
  CompletionStage<?> takeFrom(long writer, EntityKey key) {
    return standing(key)
        .thenCompose(
            now ->
                now == null || !now.writers().contains(writer)
                    ? CompletableFuture.completedFuture(null)
                    : claim(key));
  }

  /**
   * Blocks that do not stand in the entity's history yet, and follow on it, as of reads that begin
   * after this call; the history is to be read behind them. Some of them may never be acknowledged.
   */
  public CompletionStage<List<Block>> behind(EntityKey key, Standing standing) {
    return recent(key, standing)
        .thenCompose(
            recent ->
                recent.blocks().isEmpty()
                    ? CompletableFuture.completedFuture(List.of())
                    : history
                        .newest(key, standing)
                        .thenApply(newest -> recent.behind(History.lastOf(standing, newest))));
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
