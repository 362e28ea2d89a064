// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.testbed;

import io.holdfast.chaos.broken.EagerJournal;
import io.holdfast.chaos.function.FunctionMain;
import io.holdfast.chaos.network.Network;
import io.holdfast.cli.cluster.NodeSpec;
import io.holdfast.cli.process.ChildSpec;
import io.holdfast.cli.project.Checkout;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The commands that start the programs of nodes.
 *
 * @param clusterPorts on which the proxies listen for each other, behind their relays
 * @param store the proxies' environment variables for their store
 */
record TestPrograms(
    TestbedSettings settings,
    Network network,
    List<Integer> clusterPorts,
    Map<String, String> store) {

  private static final String LOOPBACK = "127.0.0.1";
  private static final List<String> SMALL_JVM =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m");

  NodeSpec node(int number, int port, int functionPort) {
    return new NodeSpec(
        number,
        function(functionPort),
        proxy(number, port, functionPort),
        port,
        functionPort,
        network.port(number),
        0);
  }

  private ChildSpec function(int port) {
    List<String> command = java();
    command.addAll(List.of("-cp", ownJar().toString(), FunctionMain.class.getName()));
    return new ChildSpec(
        "function",
        command,
        Map.of("HOST", LOOPBACK, "PORT", Integer.toString(port)),
        settings.folder());
  }

  private ChildSpec proxy(int number, int port, int functionPort) {
    Path proxyJar = new Checkout(settings.checkout()).proxyJar();
    List<String> command = java();
    command.addAll(
        List.of(
            "-Dlogback.configurationFile=holdfast-logback-terminal.xml",
            // The others reach it through its relay, which must know from whom they come.
            "-Dakka.remote.artery.bind.hostname=" + LOOPBACK,
            "-Dakka.remote.artery.bind.port=" + clusterPorts.get(number - 1)));
    if (settings.nodes() > 1) {
      command.add(
          "-Dakka.remote.artery.advanced.tcp.outbound-client-hostname=" + Network.source(number));
    }
    String classPath = proxyJar.toString();
    if (settings.eager()) {
      command.addAll(EagerJournal.properties(settings.store()));
      classPath += File.pathSeparator + ownJar();
    }
    Path archive =
        proxyJar.resolveSibling("holdfast-proxy-java" + Runtime.version().feature() + ".jsa");
    if (Files.exists(archive)) {
      // Only ever a help: one that does not fit is left aside.
      command.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:disable"));
    }
    command.addAll(List.of("-cp", classPath, "io.holdfast.proxy.Main"));
    return new ChildSpec(
        "proxy", command, environment(number, port, functionPort), settings.folder());
  }

  private Map<String, String> environment(int number, int port, int functionPort) {
    Map<String, String> environment = new HashMap<>(store);
    environment.putIfAbsent(
        "HOLDFAST_DATA_DIR", settings.folder().resolve("node-" + number).toString());
    environment.put("USER_FUNCTION_HOST", LOOPBACK);
    environment.put("USER_FUNCTION_PORT", Integer.toString(functionPort));
    environment.put("HTTP_HOST", LOOPBACK);
    environment.put("HTTP_PORT", Integer.toString(port));
    if (settings.nodes() == 1) {
      // No other node has the replicated state while it is down.
      environment.put("HOLDFAST_CRDT_DURABLE", "on");
    }
    environment.put("HOLDFAST_CLUSTER_HOST", LOOPBACK);
    environment.put("HOLDFAST_CLUSTER_PORT", Integer.toString(network.port(number)));
    environment.put("HOLDFAST_CLUSTER_SEED_NODES", seeds());
    return environment;
  }

  private String seeds() {
    return IntStream.rangeClosed(1, settings.nodes())
        .mapToObj(number -> LOOPBACK + ":" + network.port(number))
        .collect(Collectors.joining(","));
  }

  private static List<String> java() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(SMALL_JVM);
    return command;
  }

  /** Of this program, with its libraries beside it. */
  private Path ownJar() {
    return new Checkout(settings.checkout()).chaosJar();
  }
}
