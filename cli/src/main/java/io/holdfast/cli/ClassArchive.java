// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli;

import io.holdfast.cli.process.Child;
import io.holdfast.cli.process.ChildSpec;
import io.holdfast.cli.process.Ports;
import io.holdfast.cli.process.Readiness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The classes of the proxy as the JVM lays them out in memory, kept in a file beside its jar: with
 * it the proxy starts in half the time. Only ever a help: without it everything works the same.
 *
 * @param proxyJar what the archive belongs to
 */
record ClassArchive(Path proxyJar) {

  private static final Duration START_PATIENCE = Duration.ofSeconds(60);
  private static final Duration DUMP_PATIENCE = Duration.ofSeconds(60);
  private static final long PROBE_MILLIS = 50;

  private Path file() {
    // Another Java would refuse it, so each has its own.
    return proxyJar.resolveSibling("holdfast-proxy-java" + Runtime.version().feature() + ".jsa");
  }

  /** With what the proxy uses it, if it is there. A Java that it does not fit leaves it aside. */
  List<String> flags() {
    return isUpToDate()
        ? List.of("-XX:SharedArchiveFile=" + file(), "-Xshare:auto", "-Xlog:disable")
        : List.of();
  }

  boolean isUpToDate() {
    try {
      return Files.getLastModifiedTime(file()).compareTo(Files.getLastModifiedTime(proxyJar)) > 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Makes it, by a start of the proxy that serves nobody. Says nothing if that fails. */
  void make() {
    try {
      Path folder = Files.createTempDirectory("holdfast-classes");
      try {
        train(folder);
      } finally {
        Files.deleteIfExists(folder);
      }
    } catch (IOException | CliException | IllegalStateException e) {
      // The next run tries again. The last of them says that this process is being stopped.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void train(Path folder) throws IOException, InterruptedException {
    int port = Ports.free(0, "--port");
    Path unfinished = Path.of(file() + ".new");
    Files.deleteIfExists(unfinished);
    List<String> command = new ArrayList<>(List.of(Jvm.java()));
    command.addAll(Jvm.PROXY_FLAGS);
    command.addAll(List.of("-XX:ArchiveClassesAtExit=" + unfinished, "-jar", proxyJar.toString()));
    var spec =
        new ChildSpec(
            "proxy",
            command,
            Map.of(
                "HTTP_HOST",
                "127.0.0.1",
                "HTTP_PORT",
                Integer.toString(port),
                // Nothing listens there: the proxy waits for its function until it is stopped.
                "USER_FUNCTION_PORT",
                Integer.toString(Ports.free(0, "--function-port")),
                "HOLDFAST_STORE",
                "memory"),
            folder);
    var ended = new CompletableFuture<Child>();
    Child proxy = Child.start(spec, line -> {}, ended::complete);
    // Ctrl-C does not reach it.
    var hook = new Thread(() -> proxy.stop(Duration.ZERO), "stop");
    Runtime.getRuntime().addShutdownHook(hook);
    awaitListening(Readiness.ofProxy(port), ended);
    proxy.stop(DUMP_PATIENCE);
    Runtime.getRuntime().removeShutdownHook(hook);
    if (Files.exists(unfinished)) {
      Files.move(unfinished, file(), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void awaitListening(Readiness readiness, CompletableFuture<Child> ended)
      throws InterruptedException {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (!ended.isDone()
        && System.nanoTime() < deadline
        && readiness.obstacle().filter(Readiness.SILENT::equals).isPresent()) {
      TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
    }
  }
}
