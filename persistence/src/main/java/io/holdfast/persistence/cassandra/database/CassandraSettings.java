// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.database;

import com.typesafe.config.Config;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.server.AddressText;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the store is reached and used. The keys are described in reference.conf.
 *
 * @param replication what follows {@code WITH replication =} when the keyspace is created
 */
public record CassandraSettings(
    List<InetSocketAddress> contactPoints,
    String localDatacenter,
    String keyspace,
    boolean createSchema,
    String replication,
    String user,
    String password,
    Tls tls,
    int connectionsPerNode,
    String consistency,
    String serialConsistency,
    Duration requestTimeout,
    Duration checkInterval,
    Duration retryMax,
    Duration logDelay,
    int rememberedEntities) {

  /** Fewer replicas than these would let a claim go unseen. */
  private static final Set<String> CONSISTENCIES = Set.of("LOCAL_QUORUM", "QUORUM", "ALL");

  private static final Set<String> SERIAL_CONSISTENCIES = Set.of("LOCAL_SERIAL", "SERIAL");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,47}");

  public CassandraSettings {
    contactPoints = List.copyOf(contactPoints);
    require(!contactPoints.isEmpty(), "contact-points", "name at least one server");
    require(
        NAME.matcher(keyspace).matches(), "keyspace", "use lower-case letters, digits and _ only");
    oneOf("consistency", consistency, CONSISTENCIES);
    oneOf("serial-consistency", serialConsistency, SERIAL_CONSISTENCIES);
    require(connectionsPerNode > 0, "connections-per-node", "use at least 1");
  }

  /**
   * Whether and how connections are encrypted.
   *
   * @param trustStore a file; empty for the certificates that Java trusts
   * @param keyStore a file; empty when the servers ask for no certificate
   */
  public record Tls(
      boolean enabled,
      String trustStore,
      String trustStorePassword,
      String keyStore,
      String keyStorePassword,
      boolean verifyHostname) {}

  public static CassandraSettings from(Config config) {
    int port = config.getInt("port");
    return new CassandraSettings(
        Arrays.stream(config.getString("contact-points").split(","))
            .map(String::trim)
            .filter(host -> !host.isEmpty())
            .map(host -> InetSocketAddress.createUnresolved(host, port))
            .toList(),
        config.getString("local-datacenter"),
        config.getString("keyspace"),
        config.getBoolean("create-schema"),
        config.getString("replication"),
        config.getString("user"),
        config.getString("password"),
        new Tls(
            config.getBoolean("tls.enabled"),
            config.getString("tls.trust-store"),
            config.getString("tls.trust-store-password"),
            config.getString("tls.key-store"),
            config.getString("tls.key-store-password"),
            config.getBoolean("tls.verify-hostname")),
        config.getInt("connections-per-node"),
        config.getString("consistency"),
        config.getString("serial-consistency"),
        config.getDuration("request-timeout"),
        config.getDuration("check-interval"),
        config.getDuration("retry-max"),
        config.getDuration("log-delay"),
        config.getInt("remembered-entities"));
  }

  /** The store, as sentences begin with it. */
  public String store() {
    return "The Cassandra store at "
        + contactPoints.stream()
            .map(point -> AddressText.of(point.getHostString(), point.getPort()))
            .collect(Collectors.joining(", "));
  }

  private static void oneOf(String key, String value, Set<String> allowed) {
    require(allowed.contains(value), key, "use one of " + allowed.stream().sorted().toList());
  }

  private static void require(boolean holds, String key, String whatToDo) {
    if (!holds) {
      throw new StoreException(
          "holdfast.persistence.cassandra." + key + " is not usable; " + whatToDo + ".", null);
    }
  }
}
