// SPDX-License-Identifier: Apache-2.0
package io.holdfast.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A program that builds images and runs containers: Docker, or one that takes the same words. */
final class Engine {

  private static final long PATIENCE_MINUTES = 5;
  private static final List<String> PROGRAMS = List.of("docker", "podman");

  private final String program;

  private Engine(String program) {
    this.program = program;
  }

  /** The first one that answers: a client without its server does not. */
  static Optional<Engine> find() throws IOException, InterruptedException {
    for (String program : PROGRAMS) {
      boolean installed =
          List.of(System.getenv("PATH").split(":", -1)).stream()
              .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(program)));
      var engine = new Engine(program);
      if (installed && engine.succeeds("info")) {
        return Optional.of(engine);
      }
    }
    return Optional.empty();
  }

  boolean succeeds(String... arguments) throws IOException, InterruptedException {
    return attempt(arguments).code() == 0;
  }

  /** What it printed, without white space around it. */
  String run(String... arguments) throws IOException, InterruptedException {
    Result result = attempt(arguments);
    if (result.code() != 0) {
      throw new AssertionError(String.join(" ", arguments) + ": " + result.printed());
    }
    return result.printed();
  }

  private record Result(int code, String printed) {}

  private Result attempt(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("holdfast-engine", ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        return new Result(-1, "no end after " + PATIENCE_MINUTES + " minutes");
      }
      return new Result(
          process.exitValue(), Files.readString(output, StandardCharsets.UTF_8).strip());
    } finally {
      Files.delete(output);
    }
  }
}
