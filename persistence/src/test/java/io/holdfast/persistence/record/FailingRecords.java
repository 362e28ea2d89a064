// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.record;

import io.holdfast.persistence.StoreException;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/** Records in memory whose commits fail while they are told to, having stored all or nothing. */
public final class FailingRecords implements Records {

  /** What becomes of a commit. */
  public enum Commit {
    WORKS,
    FAILS,
    FAILS_AFTER_STORING
  }

  private final MemoryRecords records = new MemoryRecords();
  private Commit next = Commit.WORKS;

  public void next(Commit commit) {
    next = commit;
  }

  @Override
  public void commit(RecordBatch batch) {
    if (next != Commit.FAILS) {
      records.commit(batch);
    }
    if (next != Commit.WORKS) {
      throw new StoreException("The disk is on fire; put it out.", null);
    }
  }

  @Override
  public long operations() {
    return records.operations();
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return records.get(key);
  }

  @Override
  public void scan(byte[] from, byte[] to, Visitor visitor) {
    records.scan(from, to, visitor);
  }

  @Override
  public @Nullable Entry<byte[], byte[]> last(byte[] from, byte[] to) {
    return records.last(from, to);
  }

  @Override
  public void close() {
    records.close();
  }
}
