// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.block;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.cassandra.database.Cassandra;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of any size. Small ones stand in the row that they belong to; large ones are cut into
 * chunks of their own, written before that row, because Cassandra refuses large mutations. Chunks
 * whose row was never written stay behind, and nothing refers to them.
 */
public final class Payloads {

  /** Rows of a page stay well below what a client holds in memory with this. */
  static final int INLINE_BYTES_MAX = 128 * 1024;

  private static final int CHUNK_BYTES = 512 * 1024;

  private final Cassandra cassandra;
  private final PreparedStatement insert;
  private final PreparedStatement select;
  private final PreparedStatement delete;

  public Payloads(Cassandra cassandra) {
    this.cassandra = cassandra;
    this.insert =
        cassandra.prepare("INSERT INTO {chunks} (chunks, number, bytes) VALUES (?, ?, ?)");
    this.select = cassandra.prepare("SELECT number, bytes FROM {chunks} WHERE chunks = ?");
    this.delete = cassandra.prepare("DELETE FROM {chunks} WHERE chunks = ?");
  }

  /** Where bytes are: in the row itself, or in so many chunks. */
  public record Payload(@Nullable ByteBuffer bytes, @Nullable UUID chunks, int count) {

    public static Payload of(Row row) {
      return new Payload(row.getByteBuffer("bytes"), row.getUuid("chunks"), row.getInt("count"));
    }
  }

  /** Completes once everything is stored but the row that will hold the answer. */
  public CompletionStage<Payload> write(byte[] bytes) {
    if (bytes.length <= INLINE_BYTES_MAX) {
      return CompletableFuture.completedFuture(new Payload(ByteBuffer.wrap(bytes), null, 0));
    }
    UUID chunks = UUID.randomUUID();
    int count = (bytes.length + CHUNK_BYTES - 1) / CHUNK_BYTES;
    CompletionStage<?> written = CompletableFuture.completedFuture(null);
    for (int i = 0; i < count; i++) {
      int number = i;
      int from = i * CHUNK_BYTES;
      int size = Math.min(CHUNK_BYTES, bytes.length - from);
      written =
          written.thenCompose(
              before ->
                  cassandra.run(
                      insert.bind(chunks, number, ByteBuffer.wrap(bytes, from, size).slice())));
    }
    var payload = new Payload(null, chunks, count);
    return written
        .thenApply(all -> payload)
        .exceptionally(
            e -> {
              // Nothing will ever refer to those that were written.
              var unused = delete(payload);
              throw e instanceof CompletionException failed ? failed : new CompletionException(e);
            });
  }

  /** Fails with a {@link StoreException} that names {@code what} when chunks are missing. */
  public CompletionStage<byte[]> read(Payload payload, String what) {
    ByteBuffer inline = payload.bytes();
    if (inline != null) {
      byte[] bytes = new byte[inline.remaining()];
      inline.duplicate().get(bytes);
      return CompletableFuture.completedFuture(bytes);
    }
    if (payload.chunks() == null) {
      throw StoreException.damaged(what, null);
    }
    var bytes = new ByteArrayOutputStream(payload.count() * CHUNK_BYTES);
    return cassandra
        .run(select.bind(payload.chunks()).setPageSize(8))
        .thenCompose(page -> collect(page, 0, payload.count(), bytes, what));
  }

  private CompletionStage<byte[]> collect(
      AsyncResultSet page, int from, int count, ByteArrayOutputStream into, String what) {
    int next = from;
    for (Row row : page.currentPage()) {
      ByteBuffer chunk = row.getByteBuffer("bytes");
      if (row.getInt("number") != next++ || chunk == null) {
        throw StoreException.damaged(what, null);
      }
      byte[] bytes = new byte[chunk.remaining()];
      chunk.get(bytes);
      into.writeBytes(bytes);
    }
    int reached = next;
    if (page.hasMorePages()) {
      return cassandra.next(page).thenCompose(more -> collect(more, reached, count, into, what));
    }
    if (reached != count) {
      throw StoreException.damaged(what, null);
    }
    return CompletableFuture.completedFuture(into.toByteArray());
  }

  /** To be called once no row refers to it any more. */
  public CompletionStage<?> delete(Payload payload) {
    return payload.chunks() == null
        ? CompletableFuture.completedFuture(null)
        : cassandra.run(delete.bind(payload.chunks()));
  }
}
