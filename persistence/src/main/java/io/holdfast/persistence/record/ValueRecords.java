// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.record;

import com.google.protobuf.CodedInputStream;
import io.holdfast.persistence.StoreException;
import io.holdfast.storage.v1.StoredValue;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Values as records. Reads block. */
public final class ValueRecords {

  private static final byte FORMAT = 1;

  private final Records records;

  public ValueRecords(Records records) {
    this.records = records;
  }

  public static void put(RecordBatch batch, EntityKeys keys, StoredValue value) {
    byte[] key = keys.value();
    int valueBytes = value.getSerializedSize();
    batch
        .beginPut(key.length, 1 + valueBytes)
        .append(key)
        .beginValue(1 + valueBytes)
        .append(FORMAT)
        .append(value, valueBytes);
  }

  /** What the newest write left; null when there never was one. */
  public @Nullable StoredValue get(EntityKeys keys) {
    byte[] value = records.get(keys.value());
    return value == null ? null : parse(keys, value);
  }

  /** The revision of the newest write; 0 when there never was one. */
  public long revision(EntityKeys keys) {
    StoredValue value = get(keys);
    return value == null ? 0 : value.getRevision();
  }

  private static StoredValue parse(EntityKeys keys, byte[] value) {
    String what = "The value of " + keys.persistenceId();
    if (value.length > 0 && value[0] != FORMAT) {
      throw StoreException.newer(what);
    }
    if (value.length == 0) {
      throw StoreException.damaged(what, null);
    }
    try {
      return StoredValue.parseFrom(CodedInputStream.newInstance(value, 1, value.length - 1));
    } catch (IOException e) {
      throw StoreException.damaged(what, e);
    }
  }
}
