// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra;

import akka.Done;
import akka.NotUsed;
import akka.stream.javadsl.Source;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.holdfast.persistence.EventLog;
import io.holdfast.persistence.cassandra.block.Blocks;
import io.holdfast.persistence.cassandra.block.Blocks.Block;
import io.holdfast.persistence.cassandra.block.EntityKey;
import io.holdfast.persistence.cassandra.block.Places;
import io.holdfast.persistence.cassandra.database.Cassandra;
import io.holdfast.persistence.cassandra.database.Pages;
import io.holdfast.persistence.cassandra.tail.Tail;
import io.holdfast.persistence.record.EntityKeys;
import io.holdfast.persistence.record.LogRecords.Slices;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * The log, bucket of time by bucket of time, its lanes merged. It ends some time before now, so
 * that writes under way are past it before a reader is: nothing shows up behind a reader as long as
 * clocks differ, and writes take, less than that.
 */
final class CassandraEventLog implements EventLog {

  private static final int BLOCKS_AT_ONCE = 8;

  private final Cassandra cassandra;
  private final Blocks blocks;
  private final Tail tail;
  private final LongSupplier clock;
  private final PreparedStatement buckets;
  private final PreparedStatement entries;
  private final PreparedStatement block;
  private final PreparedStatement ids;

  CassandraEventLog(Cassandra cassandra, Blocks blocks, Tail tail, LongSupplier clock) {
    this.cassandra = cassandra;
    this.blocks = blocks;
    this.tail = tail;
    this.clock = clock;
    this.buckets =
        cassandra.prepare("SELECT bucket FROM {log_buckets} WHERE type = ? AND bucket >= ?");
    this.entries =
        cassandra.prepare(
            "SELECT place, id, first FROM {log} WHERE type = ? AND lane = ? AND bucket = ?"
                + " AND place > ? AND place < ?");
    this.block =
        cassandra.prepare(
            "SELECT " + Block.COLUMNS + " FROM {blocks} WHERE id = ? AND part = ? AND first = ?");
    this.ids = cassandra.prepare("SELECT id FROM {ids} WHERE type = ? AND lane = ?");
  }

  private record Entry(long place, ByteBuffer id, long first) {
    static Entry of(Row row) {
      return new Entry(
          row.getLong("place"),
          Objects.requireNonNull(row.getByteBuffer("id")),
          row.getLong("first"));
    }
  }

  @Override
  public Source<LoggedEvent, NotUsed> bySlices(
      String entityType, int fromSlice, int toSlice, long afterOffset) {
    var slices = new Slices(entityType, fromSlice, toSlice);
    Duration delay = cassandra.settings().logDelay();
    // Blocks are there by then; readers that are closer get at least those of this proxy.
    return (delay.compareTo(Tail.LATE) < 0 ? moved() : Source.single(Done.getInstance()))
        .flatMapConcat(moved -> entries(slices, afterOffset, delay))
        .mapAsync(BLOCKS_AT_ONCE, entry -> events(entry, slices, afterOffset))
        .mapConcat(events -> events);
  }

  private Source<Done, NotUsed> moved() {
    return Source.lazyCompletionStage(() -> tail.move().thenApply(moved -> Done.getInstance()))
        .mapMaterializedValue(nothing -> NotUsed.getInstance());
  }

  private Source<Entry, NotUsed> entries(Slices slices, long afterOffset, Duration delay) {
    // One millisecond more, because that of now is not over.
    long end = clock.getAsLong() + 1 - delay.toMillis();
    return Pages.rows(cassandra, buckets.bind(slices.entityType(), Places.bucket(afterOffset)))
        .map(row -> row.getLong("bucket"))
        .flatMapConcat(bucket -> entries(slices, bucket, afterOffset, Places.at(end)));
  }

  private Source<Entry, NotUsed> entries(Slices slices, long bucket, long after, long end) {
    return merged(
        EntityKey.lane(slices.first()),
        EntityKey.lane(slices.last()),
        lane ->
            Pages.rows(cassandra, entries.bind(slices.entityType(), lane, bucket, after, end))
                .map(Entry::of),
        Comparator.comparingLong(Entry::place));
  }

  private static <T> Source<T, NotUsed> merged(
      int first, int last, IntFunction<Source<T, NotUsed>> lanes, Comparator<T> order) {
    Source<T, NotUsed> merged = lanes.apply(first);
    for (int lane = first + 1; lane <= last; lane++) {
      merged = merged.mergeSorted(lanes.apply(lane), order);
    }
    return merged;
  }

  private CompletionStage<List<LoggedEvent>> events(Entry entry, Slices slices, long after) {
    EntityKey key = EntityKey.of(entry.id());
    int slice = EntityKeys.slice(key.persistenceId());
    if (slice < slices.first() || slice > slices.last()) {
      return CompletableFuture.completedFuture(List.of());
    }
    return cassandra
        .one(block.bind(entry.id(), EntityKey.part(entry.first()), entry.first()))
        .thenCompose(
            row -> {
              if (row == null || row.getLong("place") != entry.place()) {
                // Its block is deleted, was never stored, or has another entry.
                return CompletableFuture.completedFuture(List.of());
              }
              Block found = Block.of(row);
              return blocks
                  .events(key, found)
                  .thenApply(events -> logged(key, found, events, after));
            });
  }

  private static List<LoggedEvent> logged(
      EntityKey key, Block block, List<io.holdfast.storage.v1.StoredEvent> events, long after) {
    var logged = new ArrayList<LoggedEvent>(events.size());
    for (var event : events) {
      long offset = block.place() - (block.last() - event.getSequence());
      if (offset > after) {
        logged.add(new LoggedEvent(offset, key.persistenceId(), event));
      }
    }
    return logged;
  }

  @Override
  public Source<String, NotUsed> persistenceIds(String entityType) {
    return moved()
        .flatMapConcat(
            moved ->
                merged(
                    0,
                    EntityKey.LANES - 1,
                    lane ->
                        Pages.rows(cassandra, ids.bind(entityType, lane))
                            .map(row -> Objects.requireNonNull(row.getByteBuffer("id"))),
                    CassandraEventLog::unsigned))
        .map(id -> EntityKey.of(id).persistenceId());
  }

  // The order of UTF-8 bytes is that of code points.
  private static int unsigned(ByteBuffer one, ByteBuffer other) {
    int differ = one.mismatch(other);
    return differ < 0 || differ >= Math.min(one.remaining(), other.remaining())
        ? Integer.compare(one.remaining(), other.remaining())
        : Byte.compareUnsigned(
            one.get(one.position() + differ), other.get(other.position() + differ));
  }
}
