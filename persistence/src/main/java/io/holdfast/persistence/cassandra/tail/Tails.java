// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.tail;

import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.holdfast.persistence.cassandra.block.EntityKey;
import io.holdfast.persistence.cassandra.block.Places;
import io.holdfast.persistence.cassandra.block.WrittenBlock;
import io.holdfast.persistence.cassandra.database.Cassandra;
import io.holdfast.persistence.cassandra.database.Rounds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * All writers' tails, as they are stored. A tail begins behind the writer's mark: everything up to
 * there stands in its place. It is never longer than {@link #MILLIS_MAX}.
 */
public final class Tails {

  /** Between the mark and the newest place of a tail. */
  static final long MILLIS_MAX = 30_000;

  /** A time that is later than any mark. */
  private static final long FOR_GOOD = Long.MAX_VALUE;

  private final Cassandra cassandra;
  private final PreparedStatement put;
  private final PreparedStatement select;
  private final PreparedStatement drop;
  private final PreparedStatement mark;
  private final PreparedStatement beat;
  private final PreparedStatement writer;
  private final PreparedStatement writers;
  private final PreparedStatement retire;
  private final PreparedStatement forget;
  private final Map<Long, Rounds<Map<ByteBuffer, List<WrittenBlock>>>> reads =
      new ConcurrentHashMap<>();

  public Tails(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.put =
        cassandra.prepare("INSERT INTO {tails} (writer, turn, place, blocks) VALUES (?, ?, ?, ?)");
    this.select =
        cassandra.prepare("SELECT blocks FROM {tails} WHERE writer = ? AND turn = ? AND place > ?");
    this.drop = cassandra.prepare("DELETE FROM {tails} WHERE writer = ? AND turn = ?");
    // These only grow: each is its own time.
    this.beat =
        cassandra.prepare("UPDATE {writers} USING TIMESTAMP ? SET beat = ? WHERE writer = ?");
    this.mark =
        cassandra.prepare("UPDATE {writers} USING TIMESTAMP ? SET mark = ? WHERE writer = ?");
    this.writer = cassandra.prepare("SELECT mark, beat, retired FROM {writers} WHERE writer = ?");
    this.writers = cassandra.prepare("SELECT writer, mark, beat, retired FROM {writers}");
    this.retire = cassandra.prepare("UPDATE {writers} SET retired = true WHERE writer = ?");
    this.forget =
        cassandra.prepare(
            "DELETE FROM {writers} USING TIMESTAMP " + FOR_GOOD + " WHERE writer = ?");
  }

  /**
   * What is known of a writer.
   *
   * @param mark everything of it up to this place stands where it belongs
   * @param beat grows as long as it lives
   * @param retired whether it was taken for dead: it acknowledges nothing any more
   */
  public record Writer(long number, long mark, long beat, boolean retired) {}

  /** Stores blocks at the tail; the place is that of the first. */
  CompletionStage<?> put(long of, long place, ByteBuffer blocks) {
    return cassandra.run(put.bind(of, Places.turn(place), place, blocks));
  }

  /** Everything up to the mark stands where it belongs. */
  CompletionStage<?> mark(long of, long place) {
    return cassandra.run(mark.bind(place, place, of));
  }

  /** A writer lives; the number grows from one beat to the next. */
  CompletionStage<?> beat(long of, long number) {
    return cassandra.run(beat.bind(number, number, of));
  }

  /** Removes what was stored in these turns. */
  CompletionStage<?> drop(long of, long fromTurn, long toTurn) {
    return CompletableFuture.allOf(
        LongStream.rangeClosed(fromTurn, toTurn)
            .mapToObj(turn -> cassandra.run(drop.bind(of, turn)).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  /** Null when it has no tail, and will never have one again. */
  public CompletionStage<@Nullable Writer> writer(long number) {
    return cassandra
        .one(writer.bind(number))
        .thenApply(row -> row == null || row.isNull("mark") ? null : writer(number, row));
  }

  private static Writer writer(long number, Row row) {
    return new Writer(number, row.getLong("mark"), row.getLong("beat"), row.getBoolean("retired"));
  }

  /** All that have a tail. */
  public CompletionStage<List<Writer>> writers() {
    return cassandra
        .all(writers.bind())
        .thenApply(
            rows ->
                rows.stream()
                    .filter(row -> !row.isNull("mark"))
                    .map(row -> writer(row.getLong("writer"), row))
                    .toList());
  }

  /** It will acknowledge nothing that it has not looked for this before. */
  public CompletionStage<?> retire(long number) {
    return cassandra.run(retire.bind(number));
  }

  /** Ends a tail of which everything is moved. Its writer's number is not used again. */
  public CompletionStage<?> forget(long number, long mark) {
    long turn = Places.turn(mark);
    return drop(number, turn, turn + turns())
        .thenCompose(dropped -> cassandra.run(forget.bind(number)));
  }

  private static long turns() {
    return MILLIS_MAX / Places.TURN_MILLIS + 1;
  }

  /** The entities of whom blocks stand in this tail, as of a read that begins after this call. */
  public CompletionStage<Collection<EntityKey>> entities(long number) {
    return read(number)
        .thenApply(blocks -> blocks.values().stream().map(each -> each.get(0).key()).toList());
  }

  /** The blocks of an entity in these tails, as of a read that begins after this call. */
  public CompletionStage<List<WrittenBlock>> read(Collection<Long> numbers, EntityKey key) {
    var found = new ArrayList<WrittenBlock>();
    CompletionStage<?> all = CompletableFuture.completedFuture(null);
    for (long number : numbers) {
      all =
          all.thenCombine(
              read(number),
              (before, blocks) -> found.addAll(blocks.getOrDefault(key.id(), List.of())));
    }
    return all.thenApply(done -> found);
  }

  private CompletionStage<Map<ByteBuffer, List<WrittenBlock>>> read(long number) {
    return reads.computeIfAbsent(number, each -> new Rounds<>(() -> readAll(each))).next();
  }

  private CompletionStage<Map<ByteBuffer, List<WrittenBlock>>> readAll(long number) {
    return writer(number)
        .thenCompose(
            found ->
                found == null
                    ? CompletableFuture.completedFuture(Map.of())
                    : readAll(found, Places.turn(found.mark()), new HashMap<>()));
  }

  private CompletionStage<Map<ByteBuffer, List<WrittenBlock>>> readAll(
      Writer of, long turn, Map<ByteBuffer, List<WrittenBlock>> into) {
    if (turn > Places.turn(of.mark()) + turns()) {
      return CompletableFuture.completedFuture(into);
    }
    return cassandra
        .all(select.bind(of.number(), turn, of.mark()))
        .thenCompose(
            rows -> {
              for (Row row : rows) {
                ByteBuffer blocks = Objects.requireNonNull(row.getByteBuffer("blocks"));
                for (WrittenBlock block : TailBlocks.read(of.number(), blocks)) {
                  into.computeIfAbsent(block.key().id(), id -> new ArrayList<>()).add(block);
                }
              }
              return readAll(of, turn + 1, into);
            });
  }
}
