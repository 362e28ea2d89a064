// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.embedded;

import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.record.RecordBatch;
import io.holdfast.persistence.record.StoreFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Opens the database of a data directory that is locked. What is there is looked at first, without
 * changing it: opening for writing would throw away log files that someone could still repair.
 */
final class RocksOpening {

  private final EmbeddedSettings settings;
  private final RocksOptions options;

  RocksOpening(EmbeddedSettings settings, RocksOptions options) {
    this.settings = settings;
    this.options = options;
  }

  RocksDB open() {
    boolean database = Files.exists(settings.database().resolve("CURRENT"));
    boolean watermark = Files.exists(Watermark.file(settings.directory()));
    long acknowledged = watermark ? Watermark.read(settings.directory()) : 0;
    if (database && !watermark) {
      throw lost("its file " + Watermark.file(settings.directory()) + " is missing");
    }
    if (!database && acknowledged > 0) {
      throw lost("its database " + settings.database() + " is missing or incomplete");
    }
    if (database) {
      checkLogs();
      check(acknowledged);
    }
    try {
      if (!watermark) {
        Watermark.create(settings.directory());
      }
      RocksDB db = RocksDB.open(options.database(), settings.database().toString());
      if (acknowledged == 0) {
        mark(db);
      }
      return db;
    } catch (RocksDBException | IOException e) {
      throw unusable(e);
    }
  }

  private void checkLogs() {
    try {
      Optional<Path> damaged = LogScan.damaged(settings.database());
      if (damaged.isPresent()) {
        throw StorageFailure.damaged(settings.directory(), damaged.get());
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private void check(long acknowledged) {
    Path path = settings.database();
    try (RocksDB db = RocksDB.openReadOnly(options.database(), path.toString())) {
      if (db.getLatestSequenceNumber() < acknowledged) {
        throw lost(
            "its log ends at operation "
                + db.getLatestSequenceNumber()
                + " although operation "
                + acknowledged
                + " was acknowledged");
      }
      // A start that was cut short may have left a database without anything in it.
      if (db.getLatestSequenceNumber() > 0) {
        StoreFormat.check(db.get(StoreFormat.key()), settings.directory().toString());
      }
    } catch (RocksDBException e) {
      throw unusable(e);
    }
  }

  private void mark(RocksDB db) throws RocksDBException {
    var batch = new RecordBatch();
    StoreFormat.mark(batch);
    try (var write = new WriteBatch(batch.toBytes())) {
      db.write(options.synced(), write);
    }
  }

  private StoreException lost(String what) {
    return new StoreException(
        "The data directory "
            + settings.directory()
            + " has lost stored events: "
            + what
            + "; nothing was changed, restore the directory from a backup.",
        null);
  }

  private StoreException unusable(Exception e) {
    return StorageFailure.during("open", settings.directory(), e);
  }
}
