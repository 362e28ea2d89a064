// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.testbed;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file system of a few megabytes, in memory, that can be filled to the last byte. Only root may
 * mount one.
 */
public final class SmallDisk implements AutoCloseable {

  private static final int MEGABYTES = 512;
  private static final int CHUNK_BYTES = 64 * 1024;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /**
   * Mounts one on that folder.
   *
   * @throws IOException when that is not permitted
   */
  static SmallDisk mount(Path folder) throws IOException {
    Files.createDirectories(folder);
    run(
        List.of(
            "mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "tmpfs", folder.toString()));
    return new SmallDisk(folder);
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("%s: %s".formatted(command.get(0), output.strip()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private Path filler() {
    return folder.resolve("filler");
  }

  /** Takes all space that is left. */
  public void fill() throws IOException {
    var chunk = new byte[CHUNK_BYTES];
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (Files.getFileStore(folder).getUsableSpace() > 0) {
        out.write(chunk);
      }
    } catch (IOException e) {
      if (Files.getFileStore(folder).getUsableSpace() > CHUNK_BYTES) {
        throw e;
      }
      // It is full, which was to be.
    }
  }

  /** Gives it back. */
  public void free() throws IOException {
    Files.deleteIfExists(filler());
  }

  @Override
  public void close() throws IOException {
    run(List.of("umount", folder.toString()));
  }
}
