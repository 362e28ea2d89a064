// SPDX-License-Identifier: Apache-2.0
package io.holdfast.devservers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Several Cassandra servers that form one cluster, on 127.0.0.1, 127.0.0.2 and so on, which a
 * system has to allow: Linux does. Each keeps what it acknowledged.
 */
public final class CassandraRing implements AutoCloseable {

  // There is nothing to fetch from the others yet.
  private static final String FRESH = "auto_bootstrap: false\n";

  private final List<LocalServer> servers = new ArrayList<>();

  private CassandraRing() {}

  /**
   * Starts them, one after the other. Returns when all take connections.
   *
   * @param directory where each has a directory of its own
   * @throws LocalServerException when one does not start; nothing is left running then
   */
  public static CassandraRing start(int count, Path directory, Path checkout) {
    var ring = new CassandraRing();
    int port = FreePorts.next();
    int storagePort = FreePorts.next();
    try {
      for (int number = 1; number <= count; number++) {
        var settings = ServerSettings.durable(directory.resolve("server-" + number), checkout);
        ring.servers.add(
            LocalServer.start(
                new Cassandra(settings, FRESH, host(number), port, storagePort), settings));
      }
      return ring;
    } catch (RuntimeException e) {
      ring.close();
      throw e;
    }
  }

  private static String host(int number) {
    return "127.0.0." + number;
  }

  /** One of them; the first is 1. */
  public LocalServer server(int number) {
    return servers.get(number - 1);
  }

  /** The environment variables by which a proxy on this machine uses all of them. */
  public Map<String, String> environment() {
    var environment = new HashMap<>(server(1).environment());
    environment.put(
        "HOLDFAST_CASSANDRA_CONTACT_POINTS",
        IntStream.rangeClosed(1, servers.size())
            .mapToObj(CassandraRing::host)
            .collect(Collectors.joining(",")));
    environment.put(
        "HOLDFAST_CASSANDRA_REPLICATION",
        "{'class': 'SimpleStrategy', 'replication_factor': %d}".formatted(servers.size()));
    return environment;
  }

  @Override
  public void close() {
    servers.forEach(LocalServer::close);
  }
}
