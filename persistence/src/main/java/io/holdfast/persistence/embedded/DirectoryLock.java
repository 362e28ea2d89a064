// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.embedded;

import io.holdfast.persistence.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a data directory to one store at a time, in this process or another. The operating system
 * lets go of it when the process ends, however it ends.
 */
final class DirectoryLock implements AutoCloseable {

  private final FileChannel channel;

  private DirectoryLock(FileChannel channel) {
    this.channel = channel;
  }

  static DirectoryLock acquire(Path directory) {
    FileChannel channel;
    try {
      channel =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new StoreException(
          "The data directory "
              + directory
              + " cannot be written to ("
              + e
              + "); give the proxy write access or set HOLDFAST_DATA_DIR to another directory.",
          e);
    }
    @Nullable FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held by this very process: the same to us as held by another.
    } catch (IOException e) {
      close(channel);
      throw new StoreException(
          "The data directory "
              + directory
              + " is on a file system that cannot lock files; put it on a local disk.",
          e);
    }
    if (lock == null) {
      close(channel);
      throw new StoreException(
          "The data directory "
              + directory
              + " is in use by another proxy; stop that one or set HOLDFAST_DATA_DIR to another"
              + " directory.",
          null);
    }
    return new DirectoryLock(channel);
  }

  @Override
  public void close() {
    close(channel);
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // The lock goes with the descriptor, which is closed even so.
    }
  }
}
