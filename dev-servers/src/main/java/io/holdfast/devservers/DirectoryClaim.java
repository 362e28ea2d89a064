// SPDX-License-Identifier: Apache-2.0
package io.holdfast.devservers;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A server's directory belongs to one server: to that of the process that has locked it, and, when
 * that was killed, to the server that outlived it, until it has ended.
 */
final class DirectoryClaim implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 20;

  private final Path pidFile;
  private final FileChannel channel;

  private DirectoryClaim(Path pidFile, FileChannel channel) {
    this.pidFile = pidFile;
    this.channel = channel;
  }

  static DirectoryClaim of(String server, Path directory) {
    try {
      FileChannel channel =
          FileChannel.open(
              directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock(channel) == null) {
        channel.close();
        throw new LocalServerException(
            "%s already runs in %s: stop that run, or choose another data directory."
                .formatted(server, directory));
      }
      var claim = new DirectoryClaim(directory.resolve("pid"), channel);
      claim.awaitPredecessor(server);
      return claim;
    } catch (IOException e) {
      throw new LocalServerException(
          "The directory %s cannot be used: %s".formatted(directory, e), e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private void awaitPredecessor(String server) throws IOException {
    Optional<ProcessHandle> left = predecessor();
    if (left.isEmpty()) {
      return;
    }
    try {
      left.get().onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      channel.close();
      throw new LocalServerException(
          "%s of an earlier run is still there: stop process %d."
              .formatted(server, left.get().pid()),
          e);
    } catch (ExecutionException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      channel.close();
      throw new LocalServerException("Interrupted.", e);
    }
  }

  private Optional<ProcessHandle> predecessor() throws IOException {
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    String[] words = Files.readString(pidFile).strip().split(" ", 2);
    if (words.length != 2 || !words[0].matches("\\d{1,18}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(words[0]))
        .filter(ProcessHandle::isAlive)
        .filter(handle -> startOf(handle).equals(words[1]));
  }

  /** The server runs as this process. */
  void holds(long pid) {
    String start = ProcessHandle.of(pid).map(DirectoryClaim::startOf).orElse("");
    try {
      Files.writeString(pidFile, pid + " " + start + "\n");
    } catch (IOException e) {
      throw new LocalServerException("%s cannot be written: %s".formatted(pidFile, e), e);
    }
  }

  /** Process ids come round again; with the start they do not. */
  private static String startOf(ProcessHandle handle) {
    return handle.info().startInstant().map(Object::toString).orElse("unknown");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Then the end of this process releases the lock.
    }
  }
}
