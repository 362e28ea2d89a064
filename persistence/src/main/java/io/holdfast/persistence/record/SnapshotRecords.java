// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.record;

import com.google.protobuf.CodedInputStream;
import io.holdfast.persistence.StoreException;
import io.holdfast.storage.v1.StoredSnapshot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Snapshots as records. Reads block. */
public final class SnapshotRecords {

  private static final byte FORMAT = 1;

  private final Records records;

  public SnapshotRecords(Records records) {
    this.records = records;
  }

  public static void save(RecordBatch batch, EntityKeys keys, StoredSnapshot snapshot) {
    byte[] key = keys.snapshot(snapshot.getSequence());
    int snapshotBytes = snapshot.getSerializedSize();
    batch
        .beginPut(key.length, 1 + snapshotBytes)
        .append(key)
        .beginValue(1 + snapshotBytes)
        .append(FORMAT)
        .append(snapshot, snapshotBytes);
  }

  public static void delete(RecordBatch batch, EntityKeys keys, long sequence) {
    batch.delete(keys.snapshot(sequence));
  }

  /** The latest snapshot from sequence number {@code from} to {@code to} that fits, or null. */
  public @Nullable StoredSnapshot latest(
      EntityKeys keys, long from, long to, Predicate<StoredSnapshot> fits) {
    byte[] first = keys.snapshot(Math.max(from, 0));
    byte[] end = end(keys, to);
    while (true) {
      Entry<byte[], byte[]> last = records.last(first, end);
      if (last == null) {
        return null;
      }
      StoredSnapshot snapshot = parse(keys, last.getKey(), last.getValue());
      if (fits.test(snapshot)) {
        return snapshot;
      }
      end = last.getKey();
    }
  }

  /** The sequence numbers of the snapshots from {@code from} to {@code to} that fit. */
  public List<Long> sequences(EntityKeys keys, long from, long to, Predicate<StoredSnapshot> fits) {
    var sequences = new ArrayList<Long>();
    records.scan(
        keys.snapshot(Math.max(from, 0)),
        end(keys, to),
        (key, value) -> {
          if (fits.test(parse(keys, key, value))) {
            sequences.add(Keys.number(key));
          }
          return true;
        });
    return sequences;
  }

  private static byte[] end(EntityKeys keys, long to) {
    return to == Long.MAX_VALUE ? Keys.after(keys.snapshotPrefix()) : keys.snapshot(to + 1);
  }

  private static StoredSnapshot parse(EntityKeys keys, byte[] key, byte[] value) {
    String what = "Snapshot " + Keys.number(key) + " of " + keys.persistenceId();
    if (value.length == 0) {
      throw StoreException.damaged(what, null);
    }
    if (value[0] != FORMAT) {
      throw StoreException.newer(what);
    }
    try {
      return StoredSnapshot.parseFrom(CodedInputStream.newInstance(value, 1, value.length - 1));
    } catch (IOException e) {
      throw StoreException.damaged(what, e);
    }
  }
}
