// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.embedded;

import io.holdfast.persistence.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The number of the last operation that was acknowledged as durable, in a file of its own. A
 * database that knows less has lost data, even where what is left of it looks sound: a log file cut
 * short between two records does.
 *
 * <p>It is set after each synced write and not synced itself. So it survives the end of the
 * process, and after a power failure it may only be too low.
 */
final class Watermark implements AutoCloseable {

  /** The number and, against damage, its complement: in one disk sector, so never torn. */
  private static final int FILE_BYTES = 2 * Long.BYTES;

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(FILE_BYTES);

  private Watermark(FileChannel channel) {
    this.channel = channel;
  }

  static Path file(Path directory) {
    return directory.resolve("watermark");
  }

  /** Makes the file with number 0, durably. */
  static void create(Path directory) throws IOException {
    try (FileChannel created =
        FileChannel.open(
            file(directory), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      var watermark = new Watermark(created);
      watermark.set(0);
      created.force(true);
    }
    try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }

  /** Reads the number without changing anything. */
  static long read(Path directory) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file(directory));
    } catch (IOException e) {
      throw new StoreException(
          file(directory) + " cannot be read (" + e + "); restore the data directory as a whole.",
          e);
    }
    if (bytes.length == FILE_BYTES) {
      ByteBuffer numbers = ByteBuffer.wrap(bytes);
      long operations = numbers.getLong();
      if (operations == ~numbers.getLong()) {
        return operations;
      }
    }
    throw new StoreException(
        file(directory) + " is damaged; restore the data directory from a backup.", null);
  }

  static Watermark open(Path directory) throws IOException {
    return new Watermark(FileChannel.open(file(directory), StandardOpenOption.WRITE));
  }

  void set(long operations) throws IOException {
    buffer.clear();
    buffer.putLong(operations).putLong(~operations).flip();
    channel.write(buffer, 0);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
