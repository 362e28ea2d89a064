// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;

/**
 * RocksDB's native code. RocksDB unpacks it into a temporary file that it removes when the process
 * ends in good order; a process that is killed would leave it behind, once for each start. So it is
 * unpacked in a directory of ours and removed as soon as it is loaded, where the system allows it.
 */
final class NativeLibrary {

  private NativeLibrary() {}

  static void load() {
    try {
      Path directory = Files.createTempDirectory("holdfast-rocksdb");
      NativeLibraryLoader.getInstance().loadLibrary(directory.toString());
      // Finds it loaded.
      RocksDB.loadLibrary();
      remove(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("RocksDB's native library cannot be unpacked", e);
    }
  }

  private static void remove(Path directory) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Files.delete(file);
      }
      Files.delete(directory);
    } catch (IOException e) {
      // In use, on systems that protect files in use: removed when the process ends.
    }
  }
}
