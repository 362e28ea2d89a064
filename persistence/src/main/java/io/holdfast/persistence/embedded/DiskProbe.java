// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out whether a disk that failed takes data again. */
final class DiskProbe {

  private static final Logger log = LoggerFactory.getLogger(DiskProbe.class);
  private static final int BYTES = 1 << 20;

  private DiskProbe() {}

  static boolean passes(Path directory) {
    Path file = directory.resolve("probe");
    try {
      try (FileChannel probe =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer data = ByteBuffer.allocate(BYTES);
        while (data.hasRemaining()) {
          probe.write(data);
        }
        probe.force(true);
      } finally {
        Files.deleteIfExists(file);
      }
      return true;
    } catch (IOException e) {
      log.debug("{} does not take data yet", directory, e);
      return false;
    }
  }
}
