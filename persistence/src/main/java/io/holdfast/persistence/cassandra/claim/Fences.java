// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.claim;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.cassandra.database.Cassandra;
import io.holdfast.persistence.cassandra.database.Rounds;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Writers tell each other of entities that they took. A writer's fence is one row per claimer with
 * a number that grows: whoever takes entities from it raises the number, after the claim is decided
 * and before reading what is stored.
 *
 * <p>A write that is complete before its writer reads its own fence, and finds no new number, is
 * complete before any claimer reads: the claimer finds it. One read serves all entities whose
 * writes were complete when it began, so the fence costs next to nothing under load.
 */
public final class Fences {

  private final Cassandra cassandra;
  private final long self;
  private final Supplier<CompletionStage<Boolean>> active;
  private final PreparedStatement raise;
  private final PreparedStatement read;
  private final AtomicLong claims = new AtomicLong();
  private final Map<Long, Rounds<AsyncResultSet>> victims = new ConcurrentHashMap<>();
  private final Rounds<Long> own = new Rounds<>(this::readOwn);
  private volatile Seen seen = new Seen(Map.of(), 0);

  private record Seen(Map<Long, Long> claims, long generation) {}

  /**
   * @param self this writer's number, which no other ever had
   * @param active whether this writer was not taken for dead
   */
  public Fences(Cassandra cassandra, long self, Supplier<CompletionStage<Boolean>> active) {
    this.cassandra = cassandra;
    this.self = self;
    this.active = active;
    // The number is the write's time as well: an older one that arrives late changes nothing.
    this.raise =
        cassandra.prepare(
            "UPDATE {fences} USING TIMESTAMP ? SET claims = ? WHERE writer = ? AND claimer = ?");
    this.read = cassandra.prepare("SELECT claimer, claims FROM {fences} WHERE writer = ?");
  }

  /** Completes once none of these writers can have another write acknowledged unseen. */
  public CompletionStage<Void> raise(Collection<Long> writers) {
    return CompletableFuture.allOf(
        writers.stream()
            .filter(writer -> writer != self)
            .map(writer -> victims.computeIfAbsent(writer, this::rounds).next())
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture<?>[]::new));
  }

  private Rounds<AsyncResultSet> rounds(long writer) {
    return new Rounds<>(
        () -> {
          long number = claims.incrementAndGet();
          return cassandra.run(raise.bind(number, number, writer, self));
        });
  }

  /** Counts the times that somebody was found to have taken entities from this writer. */
  public long generation() {
    return seen.generation();
  }

  /**
   * The generation as of a read that begins after this call. Fails for a writer that was taken for
   * dead, from then on.
   */
  public CompletionStage<Long> look() {
    return own.next();
  }

  private CompletionStage<Long> readOwn() {
    return cassandra
        .all(read.bind(self))
        .thenApply(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.toMap(
                            row -> row.getLong("claimer"), row -> row.getLong("claims"))))
        .thenCompose(this::found);
  }

  private CompletionStage<Long> found(Map<Long, Long> now) {
    Seen before = seen;
    if (now.equals(before.claims())) {
      return CompletableFuture.completedFuture(before.generation());
    }
    // Who takes a writer for dead writes that down first.
    return active
        .get()
        .thenApply(
            alive -> {
              if (!alive) {
                throw new StoreException(
                    "This proxy was taken for dead by others on the same Cassandra; what it wrote"
                        + " last may not be stored.",
                    null);
              }
              seen = new Seen(now, before.generation() + 1);
              return seen.generation();
            });
  }
}
