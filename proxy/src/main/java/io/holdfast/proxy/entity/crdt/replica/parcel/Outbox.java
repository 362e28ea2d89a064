// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt.replica.parcel;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Messages that wait to be fetched by other nodes: for a while, and within bounds. Safe for use by
 * many threads.
 */
final class Outbox {

  private final long bytesMax;
  private final Duration keptFor;
  private final LongSupplier nanoTime;

  // The oldest first.
  private final Map<Long, Kept> parcels = new LinkedHashMap<>();
  private long lastId;
  private long bytesKept;

  private record Kept(ByteString bytes, long untilNanos) {}

  /**
   * @param lastId ids are given out behind it. A node that starts again should not give out those
   *     of its predecessor
   */
  Outbox(long bytesMax, Duration keptFor, LongSupplier nanoTime, long lastId) {
    this.bytesMax = bytesMax;
    this.keptFor = keptFor;
    this.nanoTime = nanoTime;
    this.lastId = lastId;
  }

  /**
   * Keeps a message, and gives the id by which it is fetched; {@link Parcel#NOWHERE} when there is
   * no room. What others are about to fetch does not give way.
   */
  synchronized long put(ByteString bytes) {
    forgetOld();
    if (bytesKept > 0 && bytesKept + bytes.size() > bytesMax) {
      return Parcel.NOWHERE;
    }
    do {
      lastId++;
    } while (lastId == Parcel.NOWHERE);
    parcels.put(lastId, new Kept(bytes, nanoTime.getAsLong() + keptFor.toNanos()));
    bytesKept += bytes.size();
    return lastId;
  }

  /** The message; null when it is not kept, or no more. */
  @Nullable
  synchronized ByteString get(long id) {
    Kept kept = parcels.get(id);
    return kept == null ? null : kept.bytes();
  }

  /** It was fetched. */
  synchronized void remove(long id) {
    Kept kept = parcels.remove(id);
    if (kept != null) {
      bytesKept -= kept.bytes().size();
    }
  }

  private void forgetOld() {
    long now = nanoTime.getAsLong();
    for (var oldest = parcels.values().iterator(); oldest.hasNext(); ) {
      Kept kept = oldest.next();
      if (kept.untilNanos() - now > 0) {
        return;
      }
      oldest.remove();
      bytesKept -= kept.bytes().size();
    }
  }
}
