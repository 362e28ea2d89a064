// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.testbed;

import io.holdfast.chaos.broken.Defect;
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
 */
record TestPrograms(TestbedSettings settings, Network network, List<Integer> clusterPorts) {

  /**
   * What is a node's own.
   *
   * @param port where it serves clients
   * @param functionPort where its function listens
   * @param environment variables of the proxy, for what is around it
   */
  record Setup(int number, int port, int functionPort, Map<String, String> environment) {}

  private static final String LOOPBACK = "127.0.0.1";
  private static final List<String> SMALL_JVM =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m");

  NodeSpec node(Setup setup) {
    return new NodeSpec(
        setup.number(),
        function(setup.functionPort()),
        proxy(setup),
        setup.port(),
        setup.functionPort(),
        network.port(setup.number()),
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

  private ChildSpec proxy(Setup setup) {
    int number = setup.number();
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
    if (settings.defects().contains(Defect.ACKNOWLEDGE_BEFORE_STORING)) {
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
    return new ChildSpec("proxy", command, environment(setup), settings.folder());
  }

  private Map<String, String> environment(Setup setup) {
    int number = setup.number();
    Map<String, String> environment = new HashMap<>(setup.environment());
    environment.putIfAbsent(
        "HOLDFAST_DATA_DIR", settings.folder().resolve("node-" + number).toString());
    environment.put("USER_FUNCTION_HOST", LOOPBACK);
    environment.put("HTTP_HOST", LOOPBACK);
    environment.put("HTTP_PORT", Integer.toString(setup.port()));
    if (settings.durableReplicas()) {
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
