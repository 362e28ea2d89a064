// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.embedded;

import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.record.RecordBatch;
import io.holdfast.persistence.record.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Map.Entry;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records in RocksDB. A commit is one synced write.
 *
 * <p>After a failed write nobody knows what the log file holds, so no further write goes to it:
 * commits fail until the disk takes data again, then the database is closed and opened anew, which
 * reads back what is really there. The commit that found that out fails too: it may repeat numbers
 * that a failed one has stored after all.
 */
public final class RocksRecords implements Records {

  private static final Logger log = LoggerFactory.getLogger(RocksRecords.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final EmbeddedSettings settings;
  private final LongSupplier nanoTime;
  private final RocksOptions options;
  private final RocksOpening opening;
  private final DirectoryLock directory;
  private final Watermark watermark;
  // Native code crashes the process when it works on a closed database: reads hold the read lock,
  // whoever closes holds the write lock.
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private @Nullable RocksDB database;
  private volatile @Nullable StoreException failure;
  private boolean closed;
  private long failedAtNanos;
  private volatile long operations;

  private RocksRecords(
      EmbeddedSettings settings,
      LongSupplier nanoTime,
      RocksOptions options,
      RocksOpening opening,
      DirectoryLock directory,
      Watermark watermark,
      RocksDB database) {
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.options = options;
    this.opening = opening;
    this.directory = directory;
    this.watermark = watermark;
    this.database = database;
    this.operations = database.getLatestSequenceNumber();
  }

  /**
   * Opens the store, or makes a new one in an empty or missing directory.
   *
   * @param nanoTime tells how long ago a write failed
   * @throws StoreException when it is in use, damaged, of a newer release or not writable; nothing
   *     is changed then
   */
  public static RocksRecords open(EmbeddedSettings settings, LongSupplier nanoTime) {
    try {
      Files.createDirectories(settings.directory());
    } catch (IOException e) {
      throw new StoreException(
          "The data directory "
              + settings.directory()
              + " cannot be made ("
              + e
              + "); set HOLDFAST_DATA_DIR to a directory that the proxy may write to.",
          e);
    }
    DirectoryLock directory = DirectoryLock.acquire(settings.directory());
    var options = new RocksOptions(settings);
    RocksDB database = null;
    try {
      var opening = new RocksOpening(settings, options);
      database = opening.open();
      Watermark watermark = Watermark.open(settings.directory());
      watermark.set(database.getLatestSequenceNumber());
      return new RocksRecords(settings, nanoTime, options, opening, directory, watermark, database);
    } catch (IOException | StoreException e) {
      if (database != null) {
        database.close();
      }
      options.close();
      directory.close();
      throw e instanceof StoreException why
          ? why
          : StorageFailure.during("open", settings.directory(), e);
    }
  }

  @Override
  public synchronized void commit(RecordBatch batch) {
    StoreException before = failure;
    if (before != null) {
      reopen(before);
      // The batch was made before it was known what the failed one left behind.
      throw new StoreException(
          "The store in " + settings.directory() + " was opened again; send the command again.",
          before);
    }
    try (var write = new WriteBatch(batch.toBytes())) {
      RocksDB db = requireOpen();
      db.write(options.synced(), write);
      long written = db.getLatestSequenceNumber();
      watermark.set(written);
      operations = written;
    } catch (RocksDBException | IOException e) {
      StoreException failed = StorageFailure.during("write", settings.directory(), e);
      log.error("{}", failed.getMessage());
      failedAtNanos = nanoTime.getAsLong();
      failure = failed;
      throw failed;
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
      return requireOpen().get(key);
    } catch (RocksDBException e) {
      throw unreadable(e);
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void scan(byte[] from, byte[] to, Visitor visitor) {
    lock.readLock().lock();
    try (var end = new Slice(to);
        var read = options.read().setIterateUpperBound(end);
        var iterator = requireOpen().newIterator(read)) {
      iterator.seek(from);
      while (iterator.isValid() && visitor.visit(iterator.key(), iterator.value())) {
        iterator.next();
      }
      iterator.status();
    } catch (RocksDBException e) {
      throw unreadable(e);
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public @Nullable Entry<byte[], byte[]> last(byte[] from, byte[] to) {
    lock.readLock().lock();
    try (var start = new Slice(from);
        var end = new Slice(to);
        var read = options.read().setIterateLowerBound(start).setIterateUpperBound(end);
        var iterator = requireOpen().newIterator(read)) {
      iterator.seekToLast();
      if (iterator.isValid()) {
        return Map.entry(iterator.key(), iterator.value());
      }
      iterator.status();
      return null;
    } catch (RocksDBException e) {
      throw unreadable(e);
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    flush();
    closeDatabase();
    failure = StoreException.closed();
    try {
      watermark.close();
    } catch (IOException e) {
      log.warn("The watermark of {} was not closed", settings.directory(), e);
    }
    options.close();
    directory.close();
  }

  private void reopen(StoreException cause) {
    boolean tooSoon = nanoTime.getAsLong() - failedAtNanos < RETRY_AFTER.toNanos();
    if (closed || tooSoon || !DiskProbe.passes(settings.directory())) {
      throw cause;
    }
    failedAtNanos = nanoTime.getAsLong();
    closeDatabase();
    lock.writeLock().lock();
    try {
      database = opening.open();
      operations = database.getLatestSequenceNumber();
      failure = null;
    } catch (StoreException e) {
      failure = e;
      throw e;
    } finally {
      lock.writeLock().unlock();
    }
    log.info("The store in {} takes data again", settings.directory());
  }

  /** The log need not be read again at the next start then. */
  private void flush() {
    RocksDB db = database;
    if (db != null && failure == null) {
      try {
        db.flush(options.flush());
      } catch (RocksDBException e) {
        log.warn("The store in {} will read its log again when it starts", settings.directory(), e);
      }
    }
  }

  private void closeDatabase() {
    lock.writeLock().lock();
    try {
      if (database != null) {
        database.close();
        database = null;
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private RocksDB requireOpen() {
    RocksDB db = database;
    if (db == null) {
      StoreException why = failure;
      throw why == null ? StoreException.closed() : why;
    }
    return db;
  }

  private StoreException unreadable(RocksDBException e) {
    return StorageFailure.during("read", settings.directory(), e);
  }
}
