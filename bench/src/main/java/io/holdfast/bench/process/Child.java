// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.process;

import io.holdfast.devservers.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that serves on a port of the loopback interface until it is closed. */
public final class Child implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int LOG_LINES = 15;

  private final String name;
  private final Process process;
  private final InetSocketAddress address;
  private final Path log;
  private final long startedNanos;
  private final Thread hook;

  private Child(String name, Process process, InetSocketAddress address, Path log, long started) {
    this.name = name;
    this.process = process;
    this.address = address;
    this.log = log;
    this.startedNanos = started;
    this.hook = new Thread(this::end, "stop-" + name);
  }

  /**
   * Starts it. It has not opened its port yet when this returns.
   *
   * @param address where it was told to serve
   * @param environment what to add to this process's own
   * @param log the file for all that it prints
   */
  public static Child start(
      String name,
      List<String> command,
      Map<String, String> environment,
      InetSocketAddress address,
      Path log) {
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectOutput(log.toFile());
      builder.environment().putAll(environment);
      long started = System.nanoTime();
      var child = new Child(name, builder.start(), address, log, started);
      Runtime.getRuntime().addShutdownHook(child.hook);
      return child;
    } catch (IOException e) {
      throw BenchException.because("cannot start " + name, e);
    }
  }

  /** A port of the loopback interface that nothing uses at the moment. */
  public static InetSocketAddress freeAddress() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.next());
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  public InetSocketAddress address() {
    return address;
  }

  /** When it was started, by {@link System#nanoTime}. */
  public long startedNanos() {
    return startedNanos;
  }

  /**
   * Makes sure that it still runs.
   *
   * @throws BenchException with the last lines it printed, if it does not
   */
  public void requireAlive() {
    if (!process.isAlive()) {
      throw BenchException.because(
          "%s ended with code %d; its last words:%n%s"
              .formatted(name, process.exitValue(), lastWords()));
    }
  }

  /** The last lines it printed. */
  public String lastWords() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(
          System.lineSeparator(),
          lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    } catch (IOException e) {
      return "(nothing readable in " + log + ")";
    }
  }

  @Override
  public void close() {
    end();
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  /** Asks it to end, and makes it if it does not. */
  private void end() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
