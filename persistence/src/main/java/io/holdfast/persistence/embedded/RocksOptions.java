// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.embedded;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteOptions;

/** How the database is opened, read and written: for durability first. Owns native memory. */
final class RocksOptions implements AutoCloseable {

  static {
    NativeLibrary.load();
  }

  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private final Options options;
  private final WriteOptions synced;
  private final FlushOptions flush;

  RocksOptions(EmbeddedSettings settings) {
    var cache = own(new LRUCache(settings.cacheBytes()));
    var table =
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setFilterPolicy(own(new BloomFilter(10)))
            .setFormatVersion(6)
            .setBlockSize(8 * 1024);
    options =
        own(new Options(own(verifyingLogs()), own(new ColumnFamilyOptions())))
            .setCreateIfMissing(true)
            .setTableFormatConfig(table)
            .setCompressionType(CompressionType.LZ4_COMPRESSION)
            .setWriteBufferSize(settings.writeBufferBytes())
            .setMaxWriteBufferNumber(3)
            // A record cut off at the very end of the log is a write that a crash interrupted and
            // nobody was told of. Any other damage stops the opening.
            .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
            .setParanoidChecks(true)
            // Only the writer thread writes.
            .setAllowConcurrentMemtableWrite(false)
            .setMaxBackgroundJobs(2)
            // After an error the database is opened anew instead: see RocksRecords.
            .setMaxBgErrorResumeCount(0)
            .setBytesPerSync(1 << 20)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setKeepLogFileNum(3)
            .setStatsDumpPeriodSec(0)
            .setStatsPersistPeriodSec(0);
    synced = own(new WriteOptions()).setSync(true);
    flush = own(new FlushOptions()).setWaitForFlush(true);
  }

  /** An option that the Java API lacks: the manifest knows which log files there must be. */
  private static DBOptions verifyingLogs() {
    var names = new Properties();
    names.setProperty("track_and_verify_wals_in_manifest", "true");
    return Objects.requireNonNull(DBOptions.getDBOptionsFromProps(names), "unknown to RocksDB");
  }

  Options database() {
    return options;
  }

  WriteOptions synced() {
    return synced;
  }

  FlushOptions flush() {
    return flush;
  }

  ReadOptions read() {
    return new ReadOptions();
  }

  private <T extends AutoCloseable> T own(T resource) {
    owned.push(resource);
    return resource;
  }

  @Override
  public void close() {
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("native options refuse to be freed", e);
      }
    }
  }
}
