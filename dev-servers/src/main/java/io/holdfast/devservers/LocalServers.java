// SPDX-License-Identifier: Apache-2.0
package io.holdfast.devservers;

/**
 * Starts servers that listen on the loopback interface, each on a free port. A second start in the
 * same directory finds the data of the first.
 */
public final class LocalServers {

  private LocalServers() {}

  /**
   * A PostgreSQL server that trusts its user {@code postgres}. Returns when it takes connections.
   *
   * @throws LocalServerException when it does not start; nothing is left running then
   */
  public static LocalServer postgres(ServerSettings settings) {
    return LocalServer.start(new Postgres(settings, FreePorts.next()), settings);
  }

  /**
   * A Cassandra server of one node, without users. Returns when it takes connections.
   *
   * @throws LocalServerException when it does not start; nothing is left running then
   */
  public static LocalServer cassandra(ServerSettings settings) {
    return cassandra(settings, "");
  }

  /**
   * The same with more lines in its {@code cassandra.yaml}: who is let in, and how.
   *
   * @throws LocalServerException when it does not start; nothing is left running then
   */
  public static LocalServer cassandra(ServerSettings settings, String yaml) {
    return LocalServer.start(
        new Cassandra(settings, yaml, FreePorts.next(), FreePorts.next()), settings);
  }
}
