// SPDX-License-Identifier: Apache-2.0
package io.holdfast.it;

import io.holdfast.devservers.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A sample's function and a proxy, as the processes that an operator would start. */
final class Pair implements AutoCloseable {

  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private final Process function;
  private final Process proxy;
  private final OutputLines log;
  private final int port;

  private Pair(Process function, Process proxy, int port) {
    this.function = function;
    this.proxy = proxy;
    this.log = OutputLines.of(proxy);
    this.port = port;
  }

  /**
   * Starts both and waits until they are ready.
   *
   * @param settings the proxy's environment variables
   */
  static Pair start(String sample, Map<String, String> settings) throws Exception {
    String functionPort = Integer.toString(FreePorts.next());
    int port = FreePorts.next();
    Process function =
        launch(
            List.of(),
            "samples/" + sample + "/target/" + sample + ".jar",
            Map.of("HOST", "127.0.0.1", "PORT", functionPort));
    var environment = new HashMap<>(settings);
    environment.put("USER_FUNCTION_PORT", functionPort);
    environment.put("HTTP_HOST", "127.0.0.1");
    environment.put("HTTP_PORT", Integer.toString(port));
    Process proxy = launch(classArchive(), "proxy/target/holdfast-proxy.jar", environment);
    var pair = new Pair(function, proxy, port);
    OutputLines.of(function);
    try {
      pair.log.await("Holdfast is ready");
      return pair;
    } catch (AssertionError e) {
      pair.close();
      throw e;
    }
  }

  /** With what a proxy starts in half the time, once {@code ./holdfast run} has made it. */
  private static List<String> classArchive() {
    Path archive =
        ROOT.resolve("proxy/target/holdfast-proxy-java" + Runtime.version().feature() + ".jsa");
    return Files.exists(archive)
        ? List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:disable")
        : List.of();
  }

  private static Process launch(List<String> flags, String jar, Map<String, String> environment)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
    command.addAll(flags);
    command.addAll(List.of("-jar", ROOT.resolve(jar).toString()));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** The proxy's, for clients. */
  int port() {
    return port;
  }

  /** What the proxy says. */
  OutputLines log() {
    return log;
  }

  /** Stops both in order. */
  @Override
  public void close() throws InterruptedException {
    proxy.destroy();
    if (!proxy.waitFor(30, TimeUnit.SECONDS)) {
      proxy.destroyForcibly();
    }
    function.destroyForcibly().waitFor();
  }
}
