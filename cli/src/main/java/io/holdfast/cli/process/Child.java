// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.process;

import io.holdfast.cli.CliException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A program that was started, and whose output is shown line by line. Ctrl-C does not reach it:
 * when it stops is for {@link #stop} to say.
 */
public final class Child {

  /** Where lines of output go. Called by more than one thread. */
  @FunctionalInterface
  public interface Lines {
    void show(String line);
  }

  // A terminal sends Ctrl-C to all of its programs at once. What is ignored at the start stays
  // ignored after exec, so the process id is the program's own.
  private static final List<String> DEAF_TO_TERMINAL =
      List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "holdfast");

  private static final long LAST_LINES_MILLIS = 1000;

  private final ChildSpec spec;
  private final Process process;
  private final LastWords lastWords = new LastWords();
  private final List<Thread> readers;

  private Child(ChildSpec spec, Process process, Lines lines) {
    this.spec = spec;
    this.process = process;
    readers =
        List.of(
            reader(process.getInputStream(), lines::show),
            reader(
                process.getErrorStream(),
                line -> {
                  lastWords.add(line);
                  lines.show(line);
                }));
  }

  /**
   * Starts a program.
   *
   * @param onExit called once, on another thread, after its last line was shown
   * @throws CliException when there is no such program
   */
  public static Child start(ChildSpec spec, Lines lines, Consumer<Child> onExit) {
    List<String> command = new ArrayList<>(DEAF_TO_TERMINAL);
    command.addAll(spec.command());
    var builder = new ProcessBuilder(command).directory(spec.directory().toFile());
    builder.environment().putAll(spec.environment());
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      var child = new Child(spec, process, lines);
      daemon("end of " + spec.name(), () -> child.awaitEnd(onExit)).start();
      return child;
    } catch (IOException e) {
      throw new CliException(
          "The %s cannot be started: %s".formatted(spec.name(), e.getMessage()), e);
    }
  }

  private void awaitEnd(Consumer<Child> onExit) {
    try {
      process.waitFor();
      for (Thread reader : readers) {
        // A grandchild may hold the stream open for ever.
        reader.join(LAST_LINES_MILLIS);
      }
      onExit.accept(this);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread reader(InputStream stream, Consumer<String> lines) {
    Thread thread =
        daemon(
            "output",
            () -> {
              try (var reader =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                reader.lines().forEach(lines);
              } catch (IOException | UncheckedIOException e) {
                // The program is gone; so are its last lines.
              }
            });
    thread.start();
    return thread;
  }

  private static Thread daemon(String name, Runnable work) {
    var thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  public String name() {
    return spec.name();
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it the hard way (SIGKILL). Returns when it is gone. */
  public void kill() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  /** It stands still, as a machine that hangs (SIGSTOP). */
  public void pause() {
    signal("STOP");
  }

  /** It goes on (SIGCONT). */
  public void resume() {
    signal("CONT");
  }

  private void signal(String signal) {
    try {
      new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start().waitFor();
    } catch (IOException e) {
      throw new CliException("The command kill cannot be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How it ended, "was killed (signal 9)", with the reason that it gave, if any. */
  public String ending() {
    int code = process.exitValue();
    // What a shell reports for a program that a signal ended.
    String how =
        code > 128 ? "was killed (signal " + (code - 128) + ")" : "stopped (code " + code + ")";
    String reason = code > 128 ? "" : lastWords.reason();
    return "The " + name() + " " + how + (reason.isEmpty() ? "." : ": " + reason);
  }

  /**
   * Asks it to stop, waits for at most {@code patience}, then ends it. Its last lines are shown.
   */
  public void stop(Duration patience) {
    // Process.destroy would close its output as well.
    ProcessHandle handle = process.toHandle();
    handle.destroy();
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        handle.destroyForcibly();
        process.waitFor();
      }
      for (Thread reader : readers) {
        reader.join(LAST_LINES_MILLIS);
      }
    } catch (InterruptedException e) {
      handle.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
