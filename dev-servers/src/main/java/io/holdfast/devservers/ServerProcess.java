// SPDX-License-Identifier: Apache-2.0
package io.holdfast.devservers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** One process of a server, from its start to its end. Its output is appended to a file. */
final class ServerProcess {

  private static final long PROBE_MILLIS = 25;
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

  // A terminal signals its whole session on Ctrl-C, and servers have their own mind about it.
  private static final List<String> IN_OWN_SESSION =
      System.getProperty("os.name").equals("Linux")
          ? List.of("setsid")
          : List.of("perl", "-e", "use POSIX; POSIX::setsid(); exec @ARGV;");

  private final ServerProgram program;
  private final Path log;
  private final long logStart;
  private final Process process;
  private final Thread atExit = new Thread(this::stop, "stop server");

  private ServerProcess(ServerProgram program, Path log, long logStart, Process process) {
    this.program = program;
    this.log = log;
    this.logStart = logStart;
    this.process = process;
  }

  static ServerProcess launch(ServerProgram program, ServerSettings settings) {
    try {
      program.prepare();
      List<String> command = new ArrayList<>(IN_OWN_SESSION);
      command.addAll(program.command());
      Path log = settings.log();
      long logStart = Files.exists(log) ? Files.size(log) : 0;
      var builder =
          new ProcessBuilder(command)
              .directory(settings.directory().toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      builder.environment().put("LC_ALL", "C");
      var process = new ServerProcess(program, log, logStart, builder.start());
      process.endWithThisJvm();
      return process;
    } catch (IOException e) {
      throw new LocalServerException(
          "%s cannot be started: %s".formatted(program.name(), e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalServerException(program.name() + " was not started: interrupted.", e);
    }
  }

  private void endWithThisJvm() {
    try {
      Runtime.getRuntime().addShutdownHook(atExit);
    } catch (IllegalStateException e) {
      kill();
      throw new LocalServerException(program.name() + " was not started: interrupted.", e);
    }
  }

  /** The end of this JVM does nothing to it. */
  void outliveThisJvm() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The JVM is ending. What the hook does may be done twice.
    }
  }

  long pid() {
    return process.pid();
  }

  /** Completes when it has ended, whoever ended it. */
  CompletionStage<Void> ended() {
    return process.onExit().thenApply(ended -> null);
  }

  /** Returns when it takes connections. */
  void awaitReady(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!output().contains(program.readyWords())) {
      try {
        if (process.waitFor(PROBE_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new LocalServerException(
              "%s ended before it was ready: %s The whole log is in %s."
                  .formatted(program.name(), complaint(), log));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LocalServerException(program.name() + " was not awaited: interrupted.", e);
      }
      if (System.nanoTime() > deadline) {
        throw new LocalServerException(
            "%s was not ready after %d s: look into %s."
                .formatted(program.name(), patience.toSeconds(), log));
      }
    }
  }

  /** What this process wrote, and not those before it. */
  private String output() {
    try (var file = Files.newInputStream(log)) {
      file.skipNBytes(logStart);
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new LocalServerException("%s cannot be read: %s".formatted(log, e), e);
    }
  }

  private String complaint() {
    List<String> lines = output().lines().filter(line -> !line.isBlank()).toList();
    String reason =
        lines.stream()
            .filter(program::isComplaint)
            .findFirst()
            .orElse(lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1))
            .strip();
    return reason.endsWith(".") ? reason : reason + ".";
  }

  void signal(String name) {
    // The first one first: while it stands still, it makes no more of them.
    signal(name, List.of(process.pid()));
    signal(name, process.descendants().map(ProcessHandle::pid).toList());
  }

  private void signal(String name, List<Long> pids) {
    if (pids.isEmpty()) {
      return;
    }
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    pids.forEach(pid -> command.add(Long.toString(pid)));
    try {
      // Those of a server come and go; one that is gone by now needs no signal.
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new LocalServerException("The command kill cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void kill() {
    List<ProcessHandle> parts = process.descendants().toList();
    process.destroyForcibly();
    parts.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
    parts.forEach(part -> part.onExit().join());
  }

  /** Stops it in order if it does so in time. Returns when it is gone. */
  void stop() {
    if (!process.isAlive()) {
      return;
    }
    signal(program.stopSignal(), List.of(process.pid()));
    // One that was paused would never hear of it.
    signal("CONT");
    try {
      if (!process.waitFor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        kill();
      }
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
  }
}
