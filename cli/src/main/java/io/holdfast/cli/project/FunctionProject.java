// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.project;

import io.holdfast.cli.CliException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The Maven project of a function. It is a runnable jar in {@code target/} once it is built.
 *
 * @param directory its folder, absolute
 */
public record FunctionProject(Path directory) {

  /**
   * The project in that folder.
   *
   * @throws CliException when there is none
   */
  public static FunctionProject in(Path given) {
    Path directory = given.toAbsolutePath().normalize();
    if (!Files.exists(directory)) {
      throw new CliException("There is no folder " + given + ".");
    }
    if (!Files.isDirectory(directory)) {
      throw new CliException(
          given + " is not a folder: name the folder of the function's project.");
    }
    if (!Files.isRegularFile(directory.resolve("pom.xml"))) {
      throw new CliException(
          "There is no pom.xml in %s: name the folder of a Maven project.".formatted(given));
    }
    return new FunctionProject(directory);
  }

  public String name() {
    return directory.getFileName().toString();
  }

  Path pom() {
    return directory.resolve("pom.xml");
  }

  /** Where everything goes that we make: state, logs. Not for version control, and it says so. */
  public Path workFolder() {
    Path folder = directory.resolve(".holdfast");
    try {
      Files.createDirectories(folder);
      Path ignored = folder.resolve(".gitignore");
      if (!Files.exists(ignored)) {
        Files.writeString(ignored, "*\n");
      }
      return folder;
    } catch (IOException e) {
      throw new CliException("The folder %s cannot be made: %s".formatted(folder, e), e);
    }
  }

  /**
   * The function, to be run with {@code java -jar}.
   *
   * @throws CliException when the build made no such jar
   */
  public Path runnableJar() {
    List<Path> runnable = runnableJars();
    if (runnable.isEmpty()) {
      throw new CliException(
          "There is no runnable jar in %s: its manifest needs a Main-Class and a Class-Path."
              .formatted(directory.resolve("target")));
    }
    return runnable.get(0);
  }

  /** The newest first. */
  private List<Path> runnableJars() {
    try (Stream<Path> files = Files.list(directory.resolve("target"))) {
      return files
          .filter(file -> file.toString().endsWith(".jar") && isRunnable(file))
          .sorted(Comparator.comparing(FunctionProject::changed).reversed())
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static boolean isRunnable(Path jar) {
    try (var file = new JarFile(jar.toFile())) {
      var manifest = file.getManifest();
      return manifest != null && manifest.getMainAttributes().getValue("Main-Class") != null;
    } catch (IOException e) {
      return false;
    }
  }

  boolean hasRunnableJar() {
    return !runnableJars().isEmpty();
  }

  /** When the newest of its files was changed, apart from what builds and tools leave there. */
  FileTime lastChange() {
    List<FileTime> times = new ArrayList<>();
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              String name = folder.getFileName().toString();
              boolean others = name.equals("target") || name.startsWith(".");
              if (others && !folder.equals(directory)) {
                return FileVisitResult.SKIP_SUBTREE;
              }
              // A folder changes when a file is deleted. The project's own does when we make ours.
              if (!folder.equals(directory)) {
                times.add(attributes.lastModifiedTime());
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              times.add(attributes.lastModifiedTime());
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new CliException("%s cannot be read: %s".formatted(directory, e), e);
    }
    return times.stream().max(Comparator.naturalOrder()).orElseThrow();
  }

  static FileTime changed(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }
}
