// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Looks for the one kind of damage in log files on which RocksDB never returns: a record whose type
 * belongs to recycled log files, of which this store makes none. RocksDB takes such a record for a
 * leftover of the file's former life and reads it again for ever
 * (https://github.com/facebook/rocksdb/issues/11968 is of that family). All other damage is left to
 * RocksDB, which knows it by its checksums.
 *
 * <p>A log file is a row of blocks of 32 KiB, a block a row of records: checksum (4 bytes), length
 * (2, little-endian), type (1), payload. A rest of a block that is too short for a record is void.
 */
final class LogScan {

  private static final int BLOCK_BYTES = 32 * 1024;
  private static final int HEADER_BYTES = 7;
  private static final int LENGTH_AT = 4;
  private static final int TYPE_AT = 6;

  private LogScan() {}

  /** A log file of the database that RocksDB would read for ever, if there is one. */
  static Optional<Path> damaged(Path database) throws IOException {
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(database, "*.log")) {
      for (Path log : logs) {
        if (isDamaged(log)) {
          return Optional.of(log);
        }
      }
      return Optional.empty();
    }
  }

  private static boolean isDamaged(Path log) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (FileChannel file = FileChannel.open(log)) {
      while (file.read(block.clear()) > 0) {
        while (block.hasRemaining() && file.read(block) > 0) {
          // A read may bring less than a block before the end of the file.
        }
        if (isDamaged(block.flip())) {
          return true;
        }
      }
      return false;
    }
  }

  private static boolean isDamaged(ByteBuffer block) {
    int at = 0;
    while (at + HEADER_BYTES <= block.limit()) {
      int type = Byte.toUnsignedInt(block.get(at + TYPE_AT));
      if (isOfRecycledLogs(type)) {
        return true;
      }
      int length = Short.toUnsignedInt(block.getShort(at + LENGTH_AT));
      if (type == 0 && length == 0) {
        // Space that was reserved and not used.
        return false;
      }
      at += HEADER_BYTES + length;
    }
    return false;
  }

  /** The types that RocksDB's {@code log_format.h} calls recyclable. */
  private static boolean isOfRecycledLogs(int type) {
    return (type >= 5 && type <= 8) || type == 11 || type == 131;
  }
}
