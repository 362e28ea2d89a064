// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Data directories as files: copied, looked at, damaged. */
final class Directories {

  private Directories() {}

  /** A copy as a process would find it that starts after the one before was killed. */
  static Path copy(Path from, Path to) {
    for (Path file : files(from)) {
      try {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return to;
  }

  /** What every file holds that belongs to the data: not RocksDB's diary, not the lock. */
  static Map<String, Integer> content(Path directory) throws IOException {
    var content = new TreeMap<String, Integer>();
    for (Path file : files(directory)) {
      String name = file.getFileName().toString();
      if (!name.startsWith("LOG") && !name.equals("LOCK") && !name.equals("lock")) {
        content.put(
            directory.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
      }
    }
    return content;
  }

  /** The one file of the database that ends so, or begins so. */
  static Path database(Path directory, String part) {
    List<Path> found =
        files(directory.resolve("db")).stream()
            .filter(file -> named(file.getFileName().toString(), part))
            .filter(file -> file.toFile().length() > 0)
            .collect(Collectors.toList());
    if (found.size() != 1) {
      throw new AssertionError("one file " + part + " expected: " + found);
    }
    return found.get(0);
  }

  private static boolean named(String name, String part) {
    return name.endsWith(part) || name.startsWith(part);
  }

  static void truncate(Path file, long bytes) throws IOException {
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), Math.toIntExact(bytes)));
  }

  static void flipBit(Path file, long bit) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[Math.toIntExact(bit / 8)] ^= (byte) (1 << (bit % 8));
    Files.write(file, bytes);
  }

  private static List<Path> files(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
