// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.block;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchType;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.cassandra.block.Payloads.Payload;
import io.holdfast.persistence.cassandra.database.Cassandra;
import io.holdfast.persistence.cassandra.database.Parallel;
import io.holdfast.storage.v1.StoredEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Writes blocks to the histories of their entities, and their entries to the log. An entry alone
 * says nothing: readers of the log go by the block.
 */
public final class Blocks {

  /** Servers complain in their log about larger batches over several partitions. */
  private static final int BATCH_BYTES_MAX = 4 * 1024;

  private static final int ENTRIES_MAX = 64;
  private static final int ENTRIES_AT_ONCE = 16;
  private static final int HISTORY_BYTES_MAX = 64 * 1024;

  private final Cassandra cassandra;
  private final Payloads payloads;
  private final PreparedStatement insert;
  private final PreparedStatement enter;
  private final PreparedStatement list;
  private final PreparedStatement openBucket;
  private final PreparedStatement fill;
  private final PreparedStatement entered;
  private final Map<Bucket, CompletableFuture<?>> buckets = new ConcurrentHashMap<>();

  public Blocks(Cassandra cassandra, Payloads payloads) {
    this.cassandra = cassandra;
    this.payloads = payloads;
    this.insert =
        cassandra.prepare(
            "INSERT INTO {blocks} (id, part, first, last, place, bytes, chunks, count)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
    this.enter =
        cassandra.prepare(
            "INSERT INTO {log} (type, lane, bucket, place, id, first) VALUES (?, ?, ?, ?, ?, ?)");
    this.list = cassandra.prepare("INSERT INTO {ids} (type, lane, id) VALUES (?, ?, ?)");
    this.openBucket = cassandra.prepare("INSERT INTO {log_buckets} (type, bucket) VALUES (?, ?)");
    this.fill =
        cassandra.prepare(
            "DELETE FROM {blocks} USING TIMESTAMP ? WHERE id = ? AND part = ? AND first >= ?");
    this.entered =
        cassandra.prepare(
            "SELECT place FROM {log} WHERE type = ? AND lane = ? AND bucket = ? AND place = ?");
  }

  private record Bucket(String type, long number) {}

  /** The time of what is written in an epoch: it wins over all epochs before. */
  public static long timeOf(long epoch) {
    return 2 * epoch;
  }

  /** Stores a block in the place of the same one of an earlier epoch, if there is one. */
  public CompletionStage<?> put(EntityKey key, long epoch, Block block) {
    return open(key.type(), Places.bucket(block.place()))
        .thenCompose(open -> write(statements(key, epoch, block), block));
  }

  private CompletionStage<?> write(List<BoundStatement> statements, Block block) {
    var bytes = block.payload().bytes();
    if (bytes != null && bytes.remaining() <= BATCH_BYTES_MAX) {
      return together(statements);
    }
    return CompletableFuture.allOf(
        statements.stream()
            .map(statement -> cassandra.run(statement).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  private List<BoundStatement> statements(EntityKey key, long epoch, Block block) {
    var statements = new ArrayList<BoundStatement>(3);
    statements.add(stored(key, epoch, block));
    statements.addAll(entries(key, block));
    return statements;
  }

  private BoundStatement stored(EntityKey key, long epoch, Block block) {
    Payload payload = block.payload();
    return insert.bind(
        key.id(),
        EntityKey.part(block.first()),
        block.first(),
        block.last(),
        block.place(),
        payload.bytes(),
        payload.chunks(),
        payload.count(),
        timeOf(epoch));
  }

  private List<BoundStatement> entries(EntityKey key, Block block) {
    var entry =
        enter.bind(
            key.type(),
            key.lane(),
            Places.bucket(block.place()),
            block.place(),
            key.id(),
            block.first());
    return block.first() == 1
        ? List.of(entry, list.bind(key.type(), key.lane(), key.id()))
        : List.of(entry);
  }

  private record Lane(String type, int lane) {}

  /** Enters blocks into the log. Comes before {@link #putAll}: no block is without its entry. */
  public CompletionStage<Void> enterAll(List<WrittenBlock> blocks) {
    var lanes = new LinkedHashMap<Lane, List<BoundStatement>>();
    var opened = new HashSet<CompletableFuture<?>>();
    for (WrittenBlock each : blocks) {
      EntityKey key = each.key();
      opened.add(open(key.type(), Places.bucket(each.block().place())));
      lanes
          .computeIfAbsent(new Lane(key.type(), key.lane()), lane -> new ArrayList<>())
          .addAll(entries(key, each.block()));
    }
    var requests = new ArrayList<List<BoundStatement>>();
    for (List<BoundStatement> lane : lanes.values()) {
      for (int from = 0; from < lane.size(); from += ENTRIES_MAX) {
        requests.add(lane.subList(from, Math.min(lane.size(), from + ENTRIES_MAX)));
      }
    }
    return CompletableFuture.allOf(opened.toArray(new CompletableFuture<?>[0]))
        .thenCompose(open -> Parallel.forEach(requests, ENTRIES_AT_ONCE, this::together));
  }

  private CompletionStage<?> together(List<BoundStatement> statements) {
    return cassandra.run(
        statements.size() == 1
            ? statements.get(0)
            : BatchStatement.newInstance(BatchType.UNLOGGED).addAll(statements));
  }

  /**
   * Stores blocks of one entity, in their order, each in the place of the same one of an earlier
   * epoch, if there is one.
   */
  public CompletionStage<?> putAll(List<WrittenBlock> blocks) {
    CompletionStage<?> done = CompletableFuture.completedFuture(null);
    var request = new ArrayList<BoundStatement>();
    int bytes = 0;
    for (int i = 0; i < blocks.size(); i++) {
      WrittenBlock each = blocks.get(i);
      request.add(stored(each.key(), each.epoch(), each.block()));
      ByteBuffer inline = each.block().payload().bytes();
      bytes += inline == null ? 0 : inline.remaining();
      if (bytes >= HISTORY_BYTES_MAX || i + 1 == blocks.size()) {
        List<BoundStatement> full = List.copyOf(request);
        done = done.thenCompose(before -> together(full));
        request.clear();
        bytes = 0;
      }
    }
    return done;
  }

  // Readers look only into buckets that are known: each is made known before its first entry.
  private CompletableFuture<?> open(String type, long number) {
    var bucket = new Bucket(type, number);
    CompletableFuture<?> open = buckets.get(bucket);
    if (open == null || open.isCompletedExceptionally()) {
      open = cassandra.run(openBucket.bind(type, number)).toCompletableFuture();
      buckets.put(bucket, open);
      // Where one bucket ends and the next begins, blocks go to either.
      buckets.keySet().removeIf(old -> old.type().equals(type) && old.number() < number - 1);
    }
    return open;
  }

  /** No block of an earlier epoch shows from here on, not even one that is still on its way. */
  public CompletionStage<?> closeBehind(EntityKey key, long epoch, long lastSequence) {
    long first = lastSequence + 1;
    return cassandra.run(fill.bind(timeOf(epoch) - 1, key.id(), EntityKey.part(first), first));
  }

  /** Whether the log has the block's entry. */
  public CompletionStage<Boolean> isEntered(EntityKey key, Block block) {
    return cassandra
        .one(entered.bind(key.type(), key.lane(), Places.bucket(block.place()), block.place()))
        .thenApply(row -> row != null);
  }

  /** What {@link #events} reads. */
  public static byte[] bytes(List<StoredEvent> events) {
    int size = 0;
    for (StoredEvent event : events) {
      int one = event.getSerializedSize();
      size = Math.addExact(size, Math.addExact(one, CodedOutputStream.computeUInt32SizeNoTag(one)));
    }
    byte[] bytes = new byte[size];
    var out = CodedOutputStream.newInstance(bytes);
    try {
      for (StoredEvent event : events) {
        out.writeMessageNoTag(event);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes;
  }

  /** The events of a block, those left out that are deleted. */
  public CompletionStage<List<StoredEvent>> events(EntityKey key, Block block) {
    String what = "Event " + block.first() + " of " + key.persistenceId();
    return payloads.read(block.payload(), what).thenApply(bytes -> parse(bytes, block, what));
  }

  private static List<StoredEvent> parse(byte[] bytes, Block block, String what) {
    var events = new ArrayList<StoredEvent>();
    long sequence = block.first();
    try {
      var in = CodedInputStream.newInstance(bytes);
      for (; !in.isAtEnd(); sequence++) {
        StoredEvent event = StoredEvent.parseFrom(in.readByteBuffer());
        if (event.getSequence() != sequence) {
          throw StoreException.damaged(what, null);
        }
        if (sequence > block.deletedTo()) {
          events.add(event);
        }
      }
    } catch (IOException e) {
      throw StoreException.damaged(what, e);
    }
    if (sequence != block.last() + 1) {
      throw StoreException.damaged(what, null);
    }
    return events;
  }

  /**
   * The events of one write.
   *
   * @param place the place of its last event in the log
   * @param deletedTo 0, unless some of its events are deleted
   */
  public record Block(long first, long last, long place, long deletedTo, Payload payload) {

    public static final String COLUMNS = "first, last, place, deleted_to, bytes, chunks, count";

    public static Block of(com.datastax.oss.driver.api.core.cql.Row row) {
      return new Block(
          row.getLong("first"),
          row.getLong("last"),
          row.getLong("place"),
          row.getLong("deleted_to"),
          Payload.of(row));
    }

    /** How many events it has, those that are deleted included. */
    public int events() {
      return (int) (last - first + 1);
    }

    public Block at(long otherPlace) {
      return new Block(first, last, otherPlace, deletedTo, payload);
    }
  }
}
