// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.cassandra.CassandraSettings.Tls;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the connection: waits for servers that are down, and makes the tables when it may. */
final class Connecting {

  private static final Logger log = LoggerFactory.getLogger(Connecting.class);
  private static final Duration PAUSE_MIN = Duration.ofMillis(500);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(10);

  private final CassandraSettings settings;

  private Connecting(CassandraSettings settings) {
    this.settings = settings;
  }

  /**
   * Blocks until the servers answer.
   *
   * @throws StoreException when the setup is wrong, or nobody has answered for the time allowed
   */
  static Cassandra connect(CassandraSettings settings) {
    return new Connecting(settings).connect();
  }

  private Cassandra connect() {
    long deadline = System.nanoTime() + settings.connectTimeout().toNanos();
    Duration pause = PAUSE_MIN;
    boolean waited = false;
    while (true) {
      try {
        var cassandra = new Cassandra(session(), settings);
        createSchema(cassandra);
        if (waited) {
          log.info("Cassandra answers");
        }
        return cassandra;
      } catch (DriverException e) {
        // Only what may pass by itself is waited for.
        if (!(e instanceof AllNodesFailedException)
            || Cassandra.authentication(e)
            || System.nanoTime() + pause.toNanos() - deadline > 0) {
          throw Cassandra.failure(e);
        }
        if (!waited) {
          log.warn(
              "Cassandra does not answer at {}; the proxy waits for it, up to {} s",
              settings.contactPoints(),
              settings.connectTimeout().toSeconds());
        }
        waited = true;
      }
      pause(pause);
      pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause.multipliedBy(2);
    }
  }

  private static void pause(Duration pause) {
    try {
      TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw StoreException.closed();
    }
  }

  private CqlSession session() {
    var builder =
        CqlSession.builder()
            .withLocalDatacenter(settings.localDatacenter())
            .withConfigLoader(driverConfig());
    settings.contactPoints().stream()
        .map(point -> new InetSocketAddress(point.getHostString(), point.getPort()))
        .forEach(builder::addContactPoint);
    if (!settings.user().isEmpty()) {
      builder.withAuthCredentials(settings.user(), settings.password());
    }
    return builder.build();
  }

  private DriverConfigLoader driverConfig() {
    var config =
        DriverConfigLoader.programmaticBuilder()
            .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, settings.requestTimeout())
            .withDuration(
                DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, settings.requestTimeout())
            .withString(DefaultDriverOption.REQUEST_CONSISTENCY, settings.consistency())
            .withString(
                DefaultDriverOption.REQUEST_SERIAL_CONSISTENCY, settings.serialConsistency())
            .withInt(DefaultDriverOption.CONNECTION_POOL_LOCAL_SIZE, settings.connectionsPerNode())
            .withStringList(
                DefaultDriverOption.METADATA_SCHEMA_REFRESHED_KEYSPACES,
                List.of(settings.keyspace()))
            // Nothing is sent any more when it closes.
            .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
            .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
            // A server that comes back should be used soon.
            .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, PAUSE_MIN)
            .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, PAUSE_MAX);
    Tls tls = settings.tls();
    if (tls.enabled()) {
      config
          .withString(
              DefaultDriverOption.SSL_ENGINE_FACTORY_CLASS,
              "com.datastax.oss.driver.internal.core.ssl.DefaultSslEngineFactory")
          .withBoolean(DefaultDriverOption.SSL_HOSTNAME_VALIDATION, tls.verifyHostname());
      if (!tls.trustStore().isEmpty()) {
        config
            .withString(DefaultDriverOption.SSL_TRUSTSTORE_PATH, tls.trustStore())
            .withString(DefaultDriverOption.SSL_TRUSTSTORE_PASSWORD, tls.trustStorePassword());
      }
      if (!tls.keyStore().isEmpty()) {
        config
            .withString(DefaultDriverOption.SSL_KEYSTORE_PATH, tls.keyStore())
            .withString(DefaultDriverOption.SSL_KEYSTORE_PASSWORD, tls.keyStorePassword());
      }
    }
    return config.build();
  }

  private void createSchema(Cassandra cassandra) {
    try {
      if (settings.createSchema()) {
        // The driver would read the schema anew after each statement, a second later.
        cassandra.session().setSchemaMetadataEnabled(false);
        for (String cql : Schema.statements(settings.keyspace(), settings.replication())) {
          // Tables take their time, more than a request may.
          cassandra
              .session()
              .execute(SimpleStatement.newInstance(cql).setTimeout(Duration.ofMinutes(1)));
        }
        cassandra.session().setSchemaMetadataEnabled(null);
      }
    } catch (RuntimeException e) {
      cassandra.close();
      throw e;
    }
  }
}
