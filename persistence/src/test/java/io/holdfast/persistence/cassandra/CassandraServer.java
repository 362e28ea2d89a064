// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A real Cassandra server of one node in a JVM of its own. */
public final class CassandraServer implements AutoCloseable {

  private static final Path LIBRARIES = Path.of("cassandra-server/target/lib");
  private static final String LISTENS = "Starting listening for CQL clients";
  private static final AtomicInteger keyspaces = new AtomicInteger();
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

  private final Path directory;
  private final int port;
  private final boolean outlivesCrashes;
  private Process process;

  private CassandraServer(Path directory, int port, boolean outlivesCrashes) {
    this.directory = directory;
    this.port = port;
    this.outlivesCrashes = outlivesCrashes;
    this.process = launch();
  }

  /** The one that tests share who leave it running. */
  public static CassandraServer shared() {
    return Shared.SERVER;
  }

  private static final class Shared {
    static final CassandraServer SERVER = start(false);
  }

  /** A new one, of the caller's own, which may crash it. */
  public static CassandraServer start() {
    return start(true);
  }

  private static CassandraServer start(boolean outlivesCrashes) {
    try {
      Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
      Path directory = Files.createTempDirectory(target, "cassandra");
      int port = freePort();
      Files.writeString(
          directory.resolve("cassandra.yaml"), yaml(directory, port, outlivesCrashes));
      Files.writeString(directory.resolve("logback.xml"), LOGBACK);
      var server = new CassandraServer(directory, port, outlivesCrashes);
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static final String LOGBACK =
      """
      <configuration>
        <appender name="OUT" class="ch.qos.logback.core.ConsoleAppender">
          <encoder><pattern>%d %-5level %logger{0} %msg%n%ex{3}</pattern></encoder>
        </appender>
        <root level="INFO"><appender-ref ref="OUT" /></root>
      </configuration>
      """;

  private static String yaml(Path directory, int port, boolean outlivesCrashes) throws IOException {
    int storagePort = freePort();
    return """
        cluster_name: test
        num_tokens: 1
        partitioner: org.apache.cassandra.dht.Murmur3Partitioner
        %4$s
        commitlog_directory: %1$s/commitlog
        data_file_directories: [%1$s/data]
        saved_caches_directory: %1$s/caches
        hints_directory: %1$s/hints
        cdc_raw_directory: %1$s/cdc
        listen_address: 127.0.0.1
        rpc_address: 127.0.0.1
        native_transport_port: %2$d
        storage_port: %3$d
        endpoint_snitch: SimpleSnitch
        paxos_variant: v2
        auto_snapshot: false
        memtable_allocation_type: unslabbed_heap_buffers
        seed_provider:
          - class_name: org.apache.cassandra.locator.SimpleSeedProvider
            parameters:
              - seeds: "127.0.0.1:%3$d"
        """
        .formatted(
            directory,
            port,
            storagePort,
            // As shipped, a crash costs a server what it did last; its other replicas have that.
            outlivesCrashes
                ? "commitlog_sync: batch"
                : "commitlog_sync: periodic\ncommitlog_sync_period: 10000ms");
  }

  private Process launch() {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (!outlivesCrashes) {
      // Tables are made often, and each would wait for the disk several times.
      command.add("-Dcassandra.unsafesystem=true");
    }
    command.addAll(List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    EXPORTS.forEach(name -> command.addAll(List.of("--add-exports", name + "=ALL-UNNAMED")));
    OPENS.forEach(name -> command.addAll(List.of("--add-opens", name + "=ALL-UNNAMED")));
    command.addAll(
        List.of(
            "-Djdk.attach.allowAttachSelf=true",
            "-Dcassandra.config=" + directory.resolve("cassandra.yaml").toUri(),
            "-Dcassandra.storagedir=" + directory,
            "-Dlogback.configurationFile=" + directory.resolve("logback.xml"),
            "-Dcassandra.skip_wait_for_gossip_to_settle=0",
            "-Dcassandra.ring_delay_ms=1",
            "-Dcassandra-foreground=true",
            "-cp",
            LIBRARIES.toAbsolutePath() + "/*",
            "org.apache.cassandra.service.CassandraDaemon"));
    try {
      Process started =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
      var listens = new CompletableFuture<Void>();
      var reader = new Thread(() -> copyLog(started, listens), "cassandra-log");
      reader.setDaemon(true);
      reader.start();
      listens.get(2, TimeUnit.MINUTES);
      return started;
    } catch (Exception e) {
      throw new IllegalStateException("Cassandra does not start; see " + directory, e);
    }
  }

  private void copyLog(Process started, CompletableFuture<Void> listens) {
    try (var lines =
            new BufferedReader(
                new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        var log = Files.newBufferedWriter(directory.resolve("log"))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.write(line);
        log.newLine();
        log.flush();
        if (line.contains(LISTENS)) {
          listens.complete(null);
        }
      }
      listens.completeExceptionally(new IllegalStateException("it has ended"));
    } catch (IOException e) {
      listens.completeExceptionally(e);
    }
  }

  /** Settings of the store in a keyspace that no one used before. */
  public Config newKeyspace() {
    return keyspace("test" + keyspaces.incrementAndGet());
  }

  private Config keyspace(String name) {
    return ConfigFactory.parseMap(
        Map.of(
            "holdfast.store",
            "cassandra",
            "holdfast.persistence.cassandra.port",
            port,
            "holdfast.persistence.cassandra.keyspace",
            name,
            "holdfast.persistence.cassandra.log-delay",
            "0s"));
  }

  /** It stops to do anything, and its connections stay open. */
  public void pause() {
    signal("-STOP");
  }

  public void resume() {
    signal("-CONT");
  }

  private void signal(String name) {
    try {
      int exit = new ProcessBuilder("kill", name, Long.toString(process.pid())).start().waitFor();
      if (exit != 0) {
        throw new IllegalStateException("kill " + name + " ended with " + exit);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** It crashes. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** It comes back, with its data. */
  public void restart() {
    process = launch();
  }

  @Override
  public void close() {
    kill();
  }
}
