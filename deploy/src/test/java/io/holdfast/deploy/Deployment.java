// SPDX-License-Identifier: Apache-2.0
package io.holdfast.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where the files are. */
final class Deployment {

  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final Path FILES = ROOT.resolve("deploy");

  /** What the build laid out for the images. */
  static final Path IMAGES = FILES.resolve("target/images");

  static final Path PROXY = IMAGES.resolve("proxy/opt/holdfast");
  static final Path FUNCTION = IMAGES.resolve("sample/opt/function");

  private Deployment() {}

  /** Every file that operators are given, the guide for them included. */
  static List<Path> operatorsFiles() {
    try (Stream<Path> deploy = Files.walk(FILES);
        Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(
              deploy
                  .filter(Files::isRegularFile)
                  .filter(file -> !file.startsWith(FILES.resolve("target")))
                  .filter(file -> !file.startsWith(FILES.resolve("src"))),
              docs.filter(file -> file.getFileName().toString().startsWith("operations")))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
