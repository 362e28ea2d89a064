// SPDX-License-Identifier: Apache-2.0
package io.holdfast.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command line as a process, and what it prints. */
final class Holdfast implements AutoCloseable {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final OutputLines output;

  private Holdfast(Process process) {
    this.process = process;
    this.output = OutputLines.of(process);
  }

  /** Starts {@code ./holdfast …}, with what the build has packaged. */
  static Holdfast start(String... arguments) throws IOException {
    return start(Map.of(), arguments);
  }

  /** The same, with these environment variables set. */
  static Holdfast start(Map<String, String> environment, String... arguments) throws IOException {
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
    var builder = new ProcessBuilder(command).directory(ROOT.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return new Holdfast(builder.start());
  }

  /** Types a line at its prompt. */
  void type(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** Waits for a line with that text, and returns it. */
  String await(String text) throws InterruptedException {
    return output.await(text);
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
      throw new AssertionError("does not end:\n" + String.join("\n", output.all()));
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
