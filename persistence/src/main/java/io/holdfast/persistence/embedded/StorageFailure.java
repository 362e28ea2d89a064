// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.embedded;

import io.holdfast.persistence.StoreException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Turns what RocksDB and the file system say into a sentence for the operator. */
final class StorageFailure {

  private static final String DAMAGED =
      "its files are damaged, restore the directory from a backup";

  private StorageFailure() {}

  static StoreException during(String doing, Path directory, Exception cause) {
    return new StoreException(
        "The store in "
            + directory
            + " cannot "
            + doing
            + " ("
            + cause.getMessage()
            + "); "
            + advice(cause)
            + ".",
        cause);
  }

  static StoreException damaged(Path directory, Path file) {
    return new StoreException(
        "The store in "
            + directory
            + " cannot open (a record in "
            + file.getFileName()
            + " is damaged); "
            + DAMAGED
            + ".",
        null);
  }

  private static String advice(Exception cause) {
    String message = String.valueOf(cause.getMessage());
    if (subCode(cause) == Status.SubCode.NoSpace || message.contains("No space left")) {
      return "free space on its disk";
    }
    if (message.contains("File too large")) {
      return "raise the limit on the size of files";
    }
    if (code(cause) == Status.Code.Corruption) {
      return DAMAGED;
    }
    return "check its disk and its access rights";
  }

  private static Status.@Nullable Code code(Exception cause) {
    return cause instanceof RocksDBException failure && failure.getStatus() != null
        ? failure.getStatus().getCode()
        : null;
  }

  private static Status.@Nullable SubCode subCode(Exception cause) {
    return cause instanceof RocksDBException failure && failure.getStatus() != null
        ? failure.getStatus().getSubCode()
        : null;
  }
}
