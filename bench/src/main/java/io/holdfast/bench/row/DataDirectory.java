// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.row;

import io.holdfast.bench.process.BenchException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A place for a store's files while they are needed. */
record DataDirectory(Path path) implements AutoCloseable {

  static DataDirectory in(Path parent) {
    try {
      Files.createDirectories(parent);
      return new DataDirectory(Files.createTempDirectory(parent, "data-").toAbsolutePath());
    } catch (IOException e) {
      throw BenchException.because("cannot make a directory in " + parent, e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      throw BenchException.because("cannot delete " + path, e);
    }
  }
}
