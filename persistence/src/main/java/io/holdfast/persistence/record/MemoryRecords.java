// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.record;

import io.holdfast.persistence.StoreException;
import java.util.Arrays;
import java.util.Map.Entry;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** Records that are gone when the process ends. */
public final class MemoryRecords implements Records {

  private final ConcurrentSkipListMap<byte[], byte[]> records =
      new ConcurrentSkipListMap<>(Arrays::compareUnsigned);
  // A batch must appear to readers as a whole.
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private volatile long operations;
  private volatile boolean closed;

  @Override
  public void commit(RecordBatch batch) {
    lock.writeLock().lock();
    try {
      requireOpen();
      batch.replayTo(
          new RecordBatch.Target() {
            @Override
            public void put(byte[] key, byte[] value) {
              records.put(key, value);
            }

            @Override
            public void delete(byte[] key) {
              records.remove(key);
            }
          });
      operations = operations() + batch.count();
    } finally {
      lock.writeLock().unlock();
    }
  }

  @Override
  public long operations() {
    return operations;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    lock.readLock().lock();
    try {
      requireOpen();
      return records.get(key);
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void scan(byte[] from, byte[] to, Visitor visitor) {
    lock.readLock().lock();
    try {
      requireOpen();
      for (var entry : between(from, to).entrySet()) {
        if (!visitor.visit(entry.getKey(), entry.getValue())) {
          return;
        }
      }
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public @Nullable Entry<byte[], byte[]> last(byte[] from, byte[] to) {
    lock.readLock().lock();
    try {
      requireOpen();
      return between(from, to).lastEntry();
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      closed = true;
      records.clear();
    } finally {
      lock.writeLock().unlock();
    }
  }

  private NavigableMap<byte[], byte[]> between(byte[] from, byte[] to) {
    return records.subMap(from, Arrays.compareUnsigned(from, to) < 0 ? to : from);
  }

  private void requireOpen() {
    if (closed) {
      throw StoreException.closed();
    }
  }
}
