// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.holdfast.cli.Terminal.Colour;
import io.holdfast.cli.cluster.LogFiles;
import io.holdfast.cli.cluster.Node;
import io.holdfast.cli.cluster.NodeSpec;
import io.holdfast.cli.cluster.Nodes;
import io.holdfast.cli.cluster.Prompt;
import io.holdfast.cli.cluster.Status;
import io.holdfast.cli.cluster.StoreServer;
import io.holdfast.cli.example.ServedServices;
import io.holdfast.cli.example.ShellLines;
import io.holdfast.cli.process.Ports;
import io.holdfast.cli.project.Checkout;
import io.holdfast.cli.project.FunctionProject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs several pairs of a function and a proxy as one cluster, and lets the user break it. */
@Command(
    name = "cluster",
    description =
        "Runs N pairs of the function in DIR and a proxy, as a cluster on this machine. "
            + "At its prompt, nodes can be killed, paused, stopped and started again: type help.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
@SuppressWarnings("NullAway.Init") // picocli sets them.
final class ClusterCommand implements Callable<Integer> {

  private static final int NODES_MAX = 9;
  private static final String LOOPBACK = "127.0.0.1";

  @Parameters(index = "0", paramLabel = "N", description = "How many pairs, 1 to 9.")
  private int count;

  @Parameters(
      index = "1",
      paramLabel = "DIR",
      description = "The folder of the function's Maven project.")
  private Path directory;

  @Option(
      names = "--store",
      paramLabel = "S",
      defaultValue = "postgres",
      description =
          "postgres or cassandra, which all nodes share: the one at HOLDFAST_POSTGRES_HOST or "
              + "HOLDFAST_CASSANDRA_CONTACT_POINTS if these are set, else a server started for the "
              + "run. Default: postgres")
  private StoreName store;

  @Option(
      names = "--data-dir",
      paramLabel = "D",
      description = "Where state and logs are kept. Default: DIR/.holdfast/cluster")
  private @Nullable Path dataDirectory;

  @Option(names = "--no-build", description = "Runs the jar in DIR/target as it is.")
  private boolean noBuild;

  private final Terminal terminal = Terminal.ofThisProcess();

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (count < 1 || count > NODES_MAX) {
      throw new CliException("%d nodes: choose 1 to %d.".formatted(count, NODES_MAX));
    }
    if (store == StoreName.embedded || store == StoreName.memory) {
      throw new CliException(
          "The %s store is of one proxy alone: choose --store postgres or --store cassandra."
              .formatted(store));
    }
    Checkout checkout = Checkout.ofThisProcess();
    FunctionProject project = FunctionProject.in(directory);
    new Preparation(checkout, project, noBuild, terminal).run();
    Path data =
        Optional.ofNullable(dataDirectory)
            .orElseGet(() -> project.workFolder().resolve("cluster"))
            .toAbsolutePath();
    try (RunStore kept = RunStore.open(store, data, checkout.root(), terminal);
        var logs = new LogFiles(data.resolve("logs"))) {
      run(project, checkout, kept, data, logs);
    }
    return 0;
  }

  private void run(
      FunctionProject project, Checkout checkout, RunStore kept, Path data, LogFiles logs)
      throws InterruptedException, IOException {
    terminal.say("Starting %d pairs of %s (logs: %s) ...".formatted(count, project.name(), logs));
    List<Node> members = new ArrayList<>();
    for (NodeSpec spec : specs(project, checkout, kept, data)) {
      members.add(new Node(spec, part -> logs.of(spec, part), this::news));
    }
    try (var nodes = new Nodes(members)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stopOnSignal(nodes, kept), "stop"));
      nodes.start();
      StoreServer server = kept.server().orElse(null);
      if (server != null) {
        server.tell(this::news);
      }
      var status = new Status(nodes, server);
      welcome(project, nodes, status, kept);
      var input = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
      if (!new Prompt(nodes, server, status, terminal::say).run(input)
          && !Boolean.getBoolean("holdfast.typed")) {
        // Started in the background: it goes on until somebody stops it.
        new CountDownLatch(1).await();
      }
      terminal.say("Stopping everything ...");
    }
  }

  private void news(String sentence) {
    terminal.say(terminal.paint(Colour.BOLD, sentence));
  }

  private void stopOnSignal(Nodes nodes, RunStore kept) {
    if (nodes.all().stream().anyMatch(Node::isRunning)) {
      terminal.say("Stopping everything ...");
    }
    nodes.close();
    kept.close();
  }

  private List<NodeSpec> specs(
      FunctionProject project, Checkout checkout, RunStore kept, Path data) {
    List<Integer> clusterPorts =
        IntStream.range(0, count).map(i -> Ports.free(0, "")).boxed().toList();
    String seeds =
        clusterPorts.stream().map(port -> LOOPBACK + ":" + port).collect(Collectors.joining(","));
    List<NodeSpec> specs = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      int port = Ports.free(0, "");
      int functionPort = Ports.free(0, "");
      int managementPort = Ports.free(0, "");
      Map<String, String> environment = new HashMap<>(kept.environment());
      environment.put("HOLDFAST_DATA_DIR", data.resolve("node-" + number).toString());
      environment.put("HOLDFAST_CLUSTER_HOST", LOOPBACK);
      environment.put("HOLDFAST_CLUSTER_PORT", clusterPorts.get(number - 1).toString());
      environment.put("HOLDFAST_CLUSTER_SEED_NODES", seeds);
      environment.put("HOLDFAST_MANAGEMENT_HOST", LOOPBACK);
      environment.put("HOLDFAST_MANAGEMENT_PORT", Integer.toString(managementPort));
      var programs = new Programs(port, functionPort, environment);
      specs.add(
          new NodeSpec(
              number,
              programs.function(project),
              programs.proxy(project, checkout.proxyJar()),
              port,
              functionPort,
              clusterPorts.get(number - 1),
              managementPort));
    }
    return specs;
  }

  private void welcome(FunctionProject project, Nodes nodes, Status status, RunStore kept)
      throws InterruptedException {
    var text = new StringBuilder();
    text.append('\n')
        .append(terminal.paint(Colour.BOLD, project.name() + " is ready on all nodes. "))
        .append(kept.whereKept())
        .append("\n\n")
        .append(status.text())
        .append("\n\n");
    List<ServiceDescriptor> services = ServedServices.on(nodes.node(1).spec().port());
    for (ServiceDescriptor service : services) {
      text.append(terminal.paint(Colour.BOLD, "Try " + service.getFullName()))
          .append(", on any node\n");
      tryOnAll(service, nodes).forEach(line -> text.append("  ").append(line).append('\n'));
    }
    text.append('\n').append("Then break it: kill 1, status, restart 1. Type help for more.");
    terminal.say(text.toString());
  }

  /** Each line goes to another node, so that it shows that all have the same entities. */
  private static List<String> tryOnAll(ServiceDescriptor service, Nodes nodes) {
    List<List<String>> lines =
        nodes.all().stream().map(node -> ShellLines.curl(service, node.spec().port())).toList();
    return IntStream.range(0, lines.get(0).size())
        .mapToObj(i -> lines.get(i % lines.size()).get(i))
        .toList();
  }
}
