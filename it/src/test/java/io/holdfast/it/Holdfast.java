// SPDX-License-Identifier: Apache-2.0
package io.holdfast.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The command line as a process, and what it prints. */
final class Holdfast implements AutoCloseable {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final List<String> seen = new ArrayList<>();

  private Holdfast(Process process) {
    this.process = process;
    var reader = new Thread(this::read, "output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts {@code ./holdfast …}, with what the build has packaged. */
  static Holdfast start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dholdfast.home=" + ROOT,
                "-jar",
                ROOT.resolve("cli/target/holdfast-cli.jar").toString()));
    command.addAll(List.of(arguments));
    return new Holdfast(
        new ProcessBuilder(command).directory(ROOT.toFile()).redirectErrorStream(true).start());
  }

  private void read() {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      // It has ended.
    }
  }

  /** Types a line at its prompt. */
  void type(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Waits for a line with that text, and returns it. */
  String await(String text) throws InterruptedException {
    String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    while (line != null && !line.contains(text)) {
      seen.add(line);
      line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
    if (line == null) {
      throw new AssertionError("no \"" + text + "\" in:\n" + String.join("\n", seen));
    }
    return line;
  }

  /** The process whose jar is named so. */
  ProcessHandle child(String jar) {
    return process
        .descendants()
        .filter(
            child ->
                child.info().arguments().map(all -> List.of(all)).orElse(List.of()).stream()
                    .anyMatch(argument -> argument.endsWith(jar)))
        .findFirst()
        .orElseThrow();
  }

  /** All processes that it has started. */
  List<ProcessHandle> children() {
    return process.descendants().toList();
  }

  /** Ctrl-C, and the exit code. */
  int interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    return exitCode();
  }

  /** As {@code kill -9}. */
  void kill() {
    process.destroyForcibly();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("does not end:\n" + String.join("\n", seen));
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    List<ProcessHandle> children = children();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
