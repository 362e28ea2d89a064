// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The wall clock as one process sees it, by the library libfaketime. The clock by which that
 * process measures how long things take stays the machine's, as it does when a real clock is set.
 */
public final class WallClock {

  private static final List<Path> FOLDERS =
      List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"), Path.of("/usr/local/lib"));
  private static final Path LIBRARY = Path.of("faketime", "libfaketimeMT.so.1");

  private final Path library;
  private final Path file;

  /**
   * A clock that goes right.
   *
   * @param file says how far ahead it is; written here
   */
  WallClock(Path library, Path file) throws IOException {
    this.library = library;
    this.file = file;
    set(Duration.ZERO);
  }

  /** The library, where distributions install it; empty when it is not there. */
  public static Optional<Path> library() {
    return libraryIn(FOLDERS);
  }

  static Optional<Path> libraryIn(List<Path> folders) {
    return folders.stream()
        // Debian has a folder for each kind of processor in between.
        .flatMap(folder -> Stream.concat(Stream.of(folder), foldersIn(folder)))
        .map(folder -> folder.resolve(LIBRARY))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static Stream<Path> foldersIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isDirectory).sorted().toList().stream();
    } catch (IOException e) {
      // What cannot be looked into cannot be loaded from.
      return Stream.empty();
    }
  }

  /** What makes a process see it, if that is started with these. */
  Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", file.toString(),
        // In seconds. Without, the file is read each time that anybody looks at the clock.
        "FAKETIME_CACHE_DURATION", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        // Or waits of a JVM, which go by the monotonic clock, end early.
        "FAKETIME_FORCE_MONOTONIC_FIX", "0",
        "NO_FAKE_STAT", "1");
  }

  /**
   * Sets it. The process sees it within a second.
   *
   * @param ahead of the machine's; back if negative. Whole seconds
   */
  public void set(Duration ahead) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.writeString(next, "%+d\n".formatted(ahead.toSeconds()));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
