// SPDX-License-Identifier: Apache-2.0
package io.holdfast.devservers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Cassandra, from the libraries that the build has fetched, in a JVM like this one. */
final class Cassandra implements ServerProgram {

  static final String FIRST_HOST = "127.0.0.1";

  private static final int RING_DELAY_MILLIS = 10_000;

  private static final String LIBRARIES = "dev-servers/cassandra/target/lib";
  private static final List<String> EXPORTS =
      List.of(
          "java.base/jdk.internal.misc",
          "java.base/jdk.internal.ref",
          "java.base/sun.nio.ch",
          "java.base/java.lang.ref",
          "java.management.rmi/com.sun.jmx.remote.internal.rmi",
          "java.rmi/sun.rmi.registry",
          "java.rmi/sun.rmi.server",
          "java.rmi/sun.rmi.transport.tcp",
          "java.sql/java.sql",
          "jdk.unsupported/sun.misc");
  private static final List<String> OPENS =
      List.of(
          "java.base/java.lang.module",
          "java.base/jdk.internal.loader",
          "java.base/jdk.internal.ref",
          "java.base/jdk.internal.reflect",
          "java.base/jdk.internal.math",
          "java.base/jdk.internal.module",
          "java.base/jdk.internal.util.jar",
          "java.base/sun.nio.ch",
          "java.base/java.io",
          "java.base/java.lang",
          "java.base/java.lang.reflect",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "java.base/java.nio",
          "java.rmi/sun.rmi.transport.tcp",
          "jdk.management/com.sun.management.internal");

  private static final String LOGBACK =
      """
      <configuration>
        <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d %-5level %logger{0} %msg%n%ex{3}</pattern></encoder>
        </appender>
        <root level="INFO"><appender-ref ref="OUT" /></root>
      </configuration>
      """;

  private final ServerSettings settings;
  private final String moreYaml;
  private final String host;
  private final int port;
  private final int storagePort;

  Cassandra(ServerSettings settings, String moreYaml, int port, int storagePort) {
    this(settings, moreYaml, FIRST_HOST, port, storagePort);
  }

  /**
   * @param host its own address; the one on {@link #FIRST_HOST} is who the others look for
   */
  Cassandra(ServerSettings settings, String moreYaml, String host, int port, int storagePort) {
    this.settings = settings;
    this.moreYaml = moreYaml;
    this.host = host;
    this.port = port;
    this.storagePort = storagePort;
  }

  @Override
  public String name() {
    return "Cassandra";
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void prepare() throws IOException {
    if (!Files.isDirectory(libraries())) {
      throw new LocalServerException(
          "Cassandra's libraries are not in %s: run ./mvnw verify.".formatted(libraries()));
    }
    Files.writeString(yamlFile(), yaml() + moreYaml);
    Files.writeString(logbackFile(), LOGBACK);
  }

  private Path libraries() {
    return settings.checkout().resolve(LIBRARIES);
  }

  private Path yamlFile() {
    return settings.directory().resolve("cassandra.yaml");
  }

  private Path logbackFile() {
    return settings.directory().resolve("logback.xml");
  }

  private String yaml() {
    return """
        cluster_name: holdfast development
        num_tokens: 1
        partitioner: org.apache.cassandra.dht.Murmur3Partitioner
        %4$s
        commitlog_directory: %1$s/commitlog
        data_file_directories: ["%1$s/tables"]
        saved_caches_directory: %1$s/caches
        hints_directory: %1$s/hints
        cdc_raw_directory: %1$s/cdc
        listen_address: %5$s
        rpc_address: %5$s
        native_transport_port: %2$d
        storage_port: %3$d
        endpoint_snitch: SimpleSnitch
        paxos_variant: v2
        auto_snapshot: false
        memtable_allocation_type: unslabbed_heap_buffers
        seed_provider:
          - class_name: org.apache.cassandra.locator.SimpleSeedProvider
            parameters:
              - seeds: "%6$s:%3$d"
        """
        .formatted(
            settings.data(),
            port,
            storagePort,
            // As shipped, a crash costs a server what it did last; its other replicas have that.
            settings.durable()
                ? "commitlog_sync: batch"
                : "commitlog_sync: periodic\ncommitlog_sync_period: 10000ms",
            host,
            FIRST_HOST);
  }

  @Override
  public List<String> command() {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (!settings.durable()) {
      // Tables are made often in tests, and each would wait for the disk several times.
      command.add("-Dcassandra.unsafesystem=true");
    }
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    EXPORTS.forEach(name -> command.addAll(List.of("--add-exports", name + "=ALL-UNNAMED")));
    OPENS.forEach(name -> command.addAll(List.of("--add-opens", name + "=ALL-UNNAMED")));
    command.addAll(
        List.of(
            "-Djdk.attach.allowAttachSelf=true",
            "-Dcassandra.config=" + yamlFile().toUri(),
            "-Dcassandra.storagedir=" + settings.data(),
            "-Dlogback.configurationFile=" + logbackFile(),
            "-Dcassandra.skip_wait_for_gossip_to_settle=0",
            // How long one waits to hear of others, of whom it needs none if it is the first.
            "-Dcassandra.ring_delay_ms=" + (host.equals(FIRST_HOST) ? 1 : RING_DELAY_MILLIS),
            // Of use with users only: the first one is there at once.
            "-Dcassandra.superuser_setup_delay_ms=0",
            "-Dcassandra-foreground=true",
            "-cp",
            libraries() + "/*",
            "org.apache.cassandra.service.CassandraDaemon"));
    return command;
  }

  @Override
  public String readyWords() {
    return "Starting listening for CQL clients";
  }

  @Override
  public boolean isComplaint(String line) {
    return line.contains(" ERROR ") || line.startsWith("Exception");
  }

  @Override
  public boolean passes(String complaint) {
    return false;
  }

  @Override
  public String stopSignal() {
    return "TERM";
  }

  @Override
  public Map<String, String> environment() {
    return Map.of(
        "HOLDFAST_STORE",
        "cassandra",
        "HOLDFAST_CASSANDRA_CONTACT_POINTS",
        host,
        "HOLDFAST_CASSANDRA_PORT",
        Integer.toString(port),
        "HOLDFAST_CASSANDRA_LOCAL_DATACENTER",
        "datacenter1");
  }
}
