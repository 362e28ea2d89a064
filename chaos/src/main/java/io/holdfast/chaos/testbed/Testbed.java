// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.testbed;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.chaos.broken.Defect;
import io.holdfast.chaos.broken.ForgetfulPostgres;
import io.holdfast.chaos.network.Network;
import io.holdfast.cli.cluster.LogFiles;
import io.holdfast.cli.cluster.Node;
import io.holdfast.cli.cluster.NodeSpec;
import io.holdfast.cli.cluster.Nodes;
import io.holdfast.cli.process.LastWill;
import io.holdfast.cli.process.Ports;
import io.holdfast.devservers.LocalServer;
import io.holdfast.devservers.LocalServers;
import io.holdfast.devservers.ServerSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Nodes, the network between them, and what they keep their state in, all on this machine. */
public final class Testbed implements AutoCloseable {

  private final @Nullable LocalServer server;
  private final @Nullable LastWill lastWill;
  private final @Nullable SmallDisk disk;
  private final @Nullable ClockRemains clockRemains;
  private final Path embeddedData;
  private final Network network;
  private final List<Surroundings> surroundings = new ArrayList<>();
  private final boolean forgetful;
  private final LogFiles logs;
  private final Nodes nodes;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Starts the store; no node yet.
   *
   * @param news hears of ends that nobody asked for
   * @throws IOException when this machine does not permit what is needed
   */
  public Testbed(TestbedSettings settings, Consumer<String> news) throws IOException {
    forgetful = settings.defects().contains(Defect.FORGET_VALUES);
    embeddedData = settings.folder().resolve("disk");
    disk = settings.isEmbedded() ? SmallDisk.mount(embeddedData) : null;
    clockRemains = settings.clocks() ? new ClockRemains() : null;
    server = settings.isEmbedded() ? null : start(settings);
    lastWill = server == null ? null : new LastWill();
    nameServer();
    int count = settings.nodes();
    List<Integer> targets = IntStream.range(0, count).map(i -> free()).boxed().toList();
    network = new Network(targets, settings.seed());
    logs = new LogFiles(settings.folder().resolve("logs"));
    var programs = new TestPrograms(settings, network, targets);
    List<Node> members = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      NodeSpec spec = programs.node(setup(settings, number));
      members.add(new Node(spec, part -> logs.of(spec, part), news));
    }
    nodes = new Nodes(members);
  }

  private TestPrograms.Setup setup(TestbedSettings settings, int number) throws IOException {
    int functionPort = free();
    var around = new Surroundings(settings, number, functionPort, server);
    surroundings.add(around);
    Map<String, String> environment = storeEnvironment();
    environment.putAll(around.environment());
    return new TestPrograms.Setup(number, free(), functionPort, environment);
  }

  private static int free() {
    return Ports.free(0, "");
  }

  private static LocalServer start(TestbedSettings settings) {
    var server = ServerSettings.durable(settings.folder().resolve("store"), settings.checkout());
    return settings.store().equals("cassandra")
        ? LocalServers.cassandra(server)
        : LocalServers.postgres(server);
  }

  private void nameServer() throws IOException {
    if (lastWill != null && server != null) {
      lastWill.name(List.of(server.pid()));
    }
  }

  private Map<String, String> storeEnvironment() {
    Map<String, String> environment = new HashMap<>();
    if (server == null) {
      environment.put("HOLDFAST_STORE", "embedded");
      environment.put("HOLDFAST_DATA_DIR", embeddedData.resolve("data").toString());
    } else {
      environment.putAll(server.environment());
    }
    return environment;
  }

  /** Starts all nodes, and returns when each serves clients. */
  public void start() throws InterruptedException, SQLException {
    nodes.start();
    if (forgetful && server != null) {
      ForgetfulPostgres.install(server.port());
    }
  }

  public List<Node> nodes() {
    return nodes.all();
  }

  public Node node(int number) {
    return nodes.node(number);
  }

  /** Starts what does not run of a node, without waiting for it. */
  public void launch(Node node) {
    nodes.launch(node);
  }

  public Network network() {
    return network;
  }

  public Surroundings around(int number) {
    return surroundings.get(number - 1);
  }

  /**
   * The server behind the nodes.
   *
   * @throws IllegalStateException when the store is embedded
   */
  public StoreProcess store() {
    if (server == null) {
      throw new IllegalStateException("the embedded store is no process of its own");
    }
    return new StoreProcess(server, this::nameServer);
  }

  /**
   * The disk of the embedded store.
   *
   * @throws IllegalStateException when it is not embedded
   */
  public SmallDisk disk() {
    return Optional.ofNullable(disk)
        .orElseThrow(() -> new IllegalStateException("the store has no disk of its own"));
  }

  /**
   * What is needed to open the store from here. The embedded one only once its node has stopped.
   */
  public Config storeConfig() {
    Map<String, Object> config = new HashMap<>();
    Map<String, String> environment = storeEnvironment();
    config.put("holdfast.store", environment.getOrDefault("HOLDFAST_STORE", ""));
    if (server == null) {
      config.put(
          "holdfast.persistence.embedded.directory", embeddedData.resolve("data").toString());
    } else if (environment.containsKey("HOLDFAST_POSTGRES_HOST")) {
      config.put("holdfast.persistence.postgres.host", "127.0.0.1");
      config.put("holdfast.persistence.postgres.port", server.port());
      config.put("holdfast.persistence.postgres.database", "postgres");
      config.put("holdfast.persistence.postgres.user", "postgres");
    } else {
      config.put("holdfast.persistence.cassandra.contact-points", "127.0.0.1");
      config.put("holdfast.persistence.cassandra.port", server.port());
    }
    return ConfigFactory.parseMap(config);
  }

  /** Stops the nodes in order; the store stays. */
  public void stopNodes() {
    nodes.all().forEach(Node::stop);
  }

  /** Stops everything, once. */
  @Override
  public void close() throws IOException {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    nodes.close();
    network.close();
    for (Surroundings around : surroundings) {
      around.close();
    }
    if (server != null) {
      server.close();
    }
    if (lastWill != null) {
      lastWill.close();
    }
    logs.close();
    if (clockRemains != null) {
      clockRemains.close();
    }
    if (disk != null) {
      disk.close();
    }
  }
}
