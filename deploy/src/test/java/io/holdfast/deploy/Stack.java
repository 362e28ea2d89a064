// SPDX-License-Identifier: Apache-2.0
package io.holdfast.deploy;

import io.holdfast.devservers.FreePorts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The services of a compose file as processes, from the files that their images are built from, and
 * with the environment that the compose file gives them and nothing else. What differs is where
 * they find each other: every pair has an address of the loopback network in place of a network of
 * its own, and every port is replaced by a free one, in all values alike.
 */
final class Stack implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 180;
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final Pattern PAIR = Pattern.compile("(?:proxy|function)-(\\d)");

  private final ComposeFile compose;
  private final Path directory;
  private final Map<String, String> store;
  private final Map<String, String> ports = new LinkedHashMap<>();
  private final Map<String, Started> services = new LinkedHashMap<>();

  private record Started(Process process, Map<String, String> environment) {}

  /**
   * @param directory for data and logs
   * @param store how the store is reached
   */
  Stack(ComposeFile compose, Path directory, Map<String, String> store) throws IOException {
    this.compose = compose;
    this.directory = directory;
    this.store = store;
    for (String port : List.of("9000", "2551", "8558", "8080")) {
      ports.put(port, Integer.toString(FreePorts.next()));
    }
  }

  /** The addresses of the loopback network, by the names of the pairs' networks. */
  static String address(int pair) {
    return "127.77.0." + pair;
  }

  String clientsPort() {
    return placed("9000");
  }

  /** Names and ports in a text, replaced by what they are here. */
  String placed(String text) {
    String placed = PAIR.matcher(text).replaceAll(pair -> address(Integer.parseInt(pair.group(1))));
    for (Map.Entry<String, String> port : ports.entrySet()) {
      placed =
          placed.replaceAll(
              "\\b" + port.getKey() + "\\b", Matcher.quoteReplacement(port.getValue()));
    }
    return placed;
  }

  /** What an image's build does: makes the class archives, with the Java of these tests. */
  void prepare() throws IOException, InterruptedException {
    prepare(Deployment.FUNCTION, Map.of("PORT", placed("8080")));
    prepare(Deployment.PROXY, Map.of("HTTP_PORT", placed("9000")));
  }

  private void prepare(Path program, Map<String, String> ports)
      throws IOException, InterruptedException {
    Path log = directory.resolve("prepare.log");
    var builder =
        new ProcessBuilder(program.resolve("bin/prepare").toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(ports);
    if (builder.start().waitFor() != 0) {
      throw new AssertionError("not prepared:\n" + Deployment.text(log));
    }
  }

  void startPair(int pair) throws IOException {
    String address = address(pair);
    Map<String, String> function = environment("function-" + pair);
    function.put("HOST", address);
    start("function-" + pair, Deployment.FUNCTION.resolve("bin/function"), function);

    Map<String, String> proxy = environment("proxy-" + pair);
    proxy.putAll(store);
    proxy.put("HTTP_HOST", address);
    proxy.put("USER_FUNCTION_HOST", address);
    proxy.put("USER_FUNCTION_PORT", function.get("PORT"));
    proxy.put("HOLDFAST_DATA_DIR", directory.resolve("data-" + pair).toString());
    start("proxy-" + pair, Deployment.PROXY.resolve("bin/proxy"), proxy);
  }

  private Map<String, String> environment(String service) {
    Map<String, String> environment = new HashMap<>();
    compose.environment(service).forEach((name, value) -> environment.put(name, placed(value)));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("JAVA_OPTS", "-Xmx256m");
    environment.put("PATH", System.getenv("PATH"));
    return environment;
  }

  private void start(String service, Path program, Map<String, String> environment)
      throws IOException {
    var builder =
        new ProcessBuilder(program.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log(service).toFile()));
    builder.environment().clear();
    builder.environment().putAll(environment);
    services.put(service, new Started(builder.start(), environment));
  }

  private Started started(String service) {
    return Objects.requireNonNull(services.get(service), service);
  }

  /** Waits until the health check of a service's image succeeds. */
  void awaitHealthy(String service) throws IOException, InterruptedException {
    Path check =
        (service.startsWith("proxy") ? Deployment.PROXY : Deployment.FUNCTION).resolve("bin/check");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!succeeds(check, started(service).environment())) {
      if (System.nanoTime() > end || !started(service).process().isAlive()) {
        throw new AssertionError(service + " does not become healthy:\n" + logged(service));
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private static boolean succeeds(Path check, Map<String, String> environment)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(check.toString());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    return builder.start().waitFor() == 0;
  }

  /** A page of a proxy's operators' port, by the image's own program for it. */
  String show(String service, String page) throws IOException {
    var builder =
        new ProcessBuilder(Deployment.PROXY.resolve("bin/show").toString(), page)
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(started(service).environment());
    return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** SIGTERM, as every engine sends it, and the exit code. */
  int stop(String service) throws InterruptedException {
    Process process = started(service).process();
    process.destroy();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError(service + " does not stop:\n" + logged(service));
    }
    return process.exitValue();
  }

  /** Whether the process has that file in memory. */
  boolean maps(String service, String file) {
    return Deployment.text(Path.of("/proc/" + started(service).process().pid() + "/maps"))
        .contains(file);
  }

  String logged(String service) {
    return Files.exists(log(service)) ? Deployment.text(log(service)) : "";
  }

  private Path log(String service) {
    return directory.resolve(service + ".log");
  }

  @Override
  public void close() {
    List<Process> all = services.values().stream().map(Started::process).toList();
    all.forEach(Process::destroyForcibly);
    all.forEach(process -> process.onExit().join());
  }
}
