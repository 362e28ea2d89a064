// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.embedded;

import com.google.protobuf.ByteString;
import io.holdfast.persistence.Events;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.record.EntityKeys;
import io.holdfast.persistence.record.EventRecords;
import io.holdfast.persistence.record.EventRecords.Chunk;
import io.holdfast.persistence.record.EventRecords.ChunkSize;
import io.holdfast.persistence.record.RecordBatch;
import io.holdfast.persistence.record.Records;
import io.holdfast.storage.v1.StoredEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** One entity's events in an embedded store, written and read without actors. */
final class Ledger implements AutoCloseable {

  private static final EntityKeys KEYS = new EntityKeys("ledger|1");
  private static final ChunkSize ALL = new ChunkSize(Integer.MAX_VALUE, Long.MAX_VALUE);

  private final Records records;
  private long last;

  private Ledger(Records records) {
    this.records = records;
    this.last = new EventRecords(records).highestSequence(KEYS);
  }

  static Ledger open(Path directory) {
    return open(directory, System::nanoTime);
  }

  static Ledger open(Path directory, LongSupplier nanoTime) {
    var settings = new EmbeddedSettings(directory, 1 << 20, 32 << 20);
    return new Ledger(RocksRecords.open(settings, nanoTime));
  }

  long last() {
    return last;
  }

  /** Appends one event. */
  void append(int payloadBytes) {
    var batch = new RecordBatch();
    EventRecords.append(
        batch, batch, KEYS, last + 1, records.operations() + 1, event(last + 1, payloadBytes));
    records.commit(batch);
    last++;
  }

  void append(int count, int payloadBytes) {
    for (int i = 0; i < count; i++) {
      append(payloadBytes);
    }
  }

  /** Asks the store for the last event, as a recovering entity does. */
  void lookAgain() {
    last = new EventRecords(records).highestSequence(KEYS);
  }

  /** Every event, each checked; fails with a {@link StoreException} when one is unreadable. */
  List<StoredEvent> readAll() {
    Chunk chunk = new EventRecords(records).read(KEYS, 1, Long.MAX_VALUE, ALL);
    for (StoredEvent event : chunk.events()) {
      if (!event.equals(event(event.getSequence(), event.getPayload().size()))) {
        throw new AssertionError("event " + event.getSequence() + " has changed");
      }
    }
    return chunk.events();
  }

  private static StoredEvent event(long sequence, int payloadBytes) {
    byte[] payload = new byte[payloadBytes];
    new SplittableRandom(sequence).nextBytes(payload);
    return Events.event(sequence, ByteString.copyFrom(payload), 0);
  }

  @Override
  public void close() {
    records.close();
  }
}
