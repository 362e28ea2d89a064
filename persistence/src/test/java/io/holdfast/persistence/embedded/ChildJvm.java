// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts small JVMs quickly: they share an archive of parsed classes. */
final class ChildJvm {

  private final Path archive;

  /** The archive does not exist until {@link #makeArchive} made it; without it all is slower. */
  ChildJvm(Path temporary) {
    this.archive = temporary.resolve("classes.jsa");
  }

  /** Runs the program to its end and keeps the classes that it used. */
  void makeArchive(Class<?> program, String... arguments) throws Exception {
    List<String> command = java("-XX:ArchiveClassesAtExit=" + archive, program, arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    lines(process).lines().forEach(line -> {});
    process.waitFor();
  }

  Process start(Class<?> program, String... arguments) throws IOException {
    return new ProcessBuilder(command(program, arguments))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** The command line, for those who put something in front of it. */
  List<String> command(Class<?> program, String... arguments) {
    return java("-XX:SharedArchiveFile=" + archive, program, arguments);
  }

  static BufferedReader lines(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static List<String> java(String sharing, Class<?> program, String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xlog:disable",
                "-Xlog:all=off",
                sharing,
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(List.of(arguments));
    return command;
  }
}
