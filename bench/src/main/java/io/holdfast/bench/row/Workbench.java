// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.row;

import io.holdfast.bench.function.CounterFunction;
import io.holdfast.bench.load.Generator;
import io.holdfast.bench.load.Population;
import io.holdfast.bench.passthrough.PassthroughMain;
import io.holdfast.bench.process.BenchException;
import io.holdfast.bench.process.Child;
import io.holdfast.bench.process.JavaProgram;
import io.holdfast.bench.process.JvmFlags;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts what rows need: the function, the pass-through, the proxy; and has the load generator. */
final class Workbench implements AutoCloseable {

  /** Where the proxy keeps events. */
  enum Store {
    MEMORY,
    EMBEDDED
  }

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Settings settings;
  private final Progress progress;
  private final Generator generator = new Generator();
  private int started;
  private int readied;

  Workbench(Settings settings, Progress progress) {
    this.settings = settings;
    this.progress = progress;
  }

  Settings settings() {
    return settings;
  }

  Progress progress() {
    return progress;
  }

  Generator generator() {
    return generator;
  }

  /** A fresh function that listens. */
  Child function() {
    InetSocketAddress address = Child.freeAddress();
    var environment = Map.of("HOST", host(address), "PORT", Integer.toString(address.getPort()));
    Child function =
        start(
            "function",
            JavaProgram.of(CounterFunction.class, JvmFlags.FUNCTION),
            environment,
            address);
    return ready(function, () -> generator.awaitPort(function, PATIENCE));
  }

  /** A pass-through that has replied. */
  Child passthrough(Child function) {
    InetSocketAddress address = Child.freeAddress();
    Child passthrough =
        start(
            "passthrough",
            JavaProgram.of(PassthroughMain.class, JvmFlags.PASSTHROUGH),
            between(address, function),
            address);
    return ready(passthrough, () -> awaitReply(passthrough));
  }

  /** A proxy that has replied, on a store that the environment variables name. */
  Child proxy(Child function, Map<String, String> store) {
    Child proxy = startProxy(function, store);
    return ready(proxy, () -> awaitReply(proxy));
  }

  /** A proxy that has replied. Another one may have left its events in the directory. */
  Child proxy(Child function, Store store, Path data) {
    Child proxy = startProxy(function, store, data);
    return ready(proxy, () -> awaitReply(proxy));
  }

  /** A proxy that was just started and is not ready yet. */
  Child startProxy(Child function, Store store, Path data) {
    return startProxy(
        function,
        Map.of(
            "HOLDFAST_STORE",
            store == Store.MEMORY ? "memory" : "embedded",
            "HOLDFAST_DATA_DIR",
            data.toString()));
  }

  private Child startProxy(Child function, Map<String, String> store) {
    if (!Files.isReadable(settings.proxyJar())) {
      throw BenchException.because(
          "there is no proxy at %s: build it with ./mvnw package, or name it with --proxy-jar"
              .formatted(settings.proxyJar()));
    }
    InetSocketAddress address = Child.freeAddress();
    var environment = new LinkedHashMap<>(between(address, function));
    environment.putAll(store);
    return start(
        "proxy",
        JavaProgram.jar(settings.proxyJar(), JvmFlags.ofProxy(settings.proxyJar())),
        environment,
        address);
  }

  /** Waits for a first reply, and returns how long after the start it came. */
  Duration awaitReply(Child child) {
    readied++;
    return generator.awaitReply(child, new Population("r" + readied, 1), PATIENCE);
  }

  /** A directory of its own that is deleted when closed. */
  DataDirectory dataDirectory() {
    return DataDirectory.in(settings.workDirectory());
  }

  private static Map<String, String> between(InetSocketAddress clients, Child function) {
    return Map.of(
        "HTTP_HOST", host(clients),
        "HTTP_PORT", Integer.toString(clients.getPort()),
        "USER_FUNCTION_HOST", host(function.address()),
        "USER_FUNCTION_PORT", Integer.toString(function.address().getPort()));
  }

  private static String host(InetSocketAddress address) {
    return address.getAddress().getHostAddress();
  }

  private Child start(
      String name, JavaProgram program, Map<String, String> environment, InetSocketAddress at) {
    started++;
    String numbered = "%02d-%s".formatted(started, name);
    Path log = settings.workDirectory().resolve("logs").resolve(numbered + ".log");
    return Child.start(name, program.command(recording(numbered)), environment, at, log);
  }

  private @Nullable Path recording(String name) {
    Path recordings = settings.recordings();
    if (recordings == null) {
      return null;
    }
    try {
      return Files.createDirectories(recordings).resolve(name + ".jfr").toAbsolutePath();
    } catch (IOException e) {
      throw BenchException.because("cannot write to " + recordings, e);
    }
  }

  private static Child ready(Child child, Runnable wait) {
    try {
      wait.run();
      return child;
    } catch (RuntimeException e) {
      child.close();
      throw e;
    }
  }

  @Override
  public void close() {
    generator.close();
  }
}
