// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.database;

import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.ProgrammaticDriverConfigLoaderBuilder;
import io.holdfast.persistence.cassandra.database.CassandraSettings.Tls;
import java.time.Duration;
import java.util.List;

/** Our settings in the driver's words. */
final class DriverOptions {

  private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(5);
  private static final Duration RECONNECT_MIN = Duration.ofMillis(500);
  private static final Duration RECONNECT_MAX = Duration.ofSeconds(3);

  private DriverOptions() {}

  static DriverConfigLoader of(CassandraSettings settings) {
    var config =
        DriverConfigLoader.programmaticBuilder()
            .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, settings.requestTimeout())
            .withDuration(
                DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, settings.requestTimeout())
            .withString(DefaultDriverOption.REQUEST_CONSISTENCY, settings.consistency())
            .withString(
                DefaultDriverOption.REQUEST_SERIAL_CONSISTENCY, settings.serialConsistency())
            // A request whose server crashed under it goes to another one. All of ours come to the
            // same if they are carried out twice, but for those that say so.
            .withBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, true)
            // A server that hangs is passed over after a fifth of the time that a request has, and
            // given up when it answers nothing at all.
            .withString(
                DefaultDriverOption.SPECULATIVE_EXECUTION_POLICY_CLASS,
                "ConstantSpeculativeExecutionPolicy")
            .withInt(DefaultDriverOption.SPECULATIVE_EXECUTION_MAX, 2)
            .withDuration(
                DefaultDriverOption.SPECULATIVE_EXECUTION_DELAY,
                settings.requestTimeout().dividedBy(5))
            .withDuration(DefaultDriverOption.HEARTBEAT_INTERVAL, HEARTBEAT_INTERVAL)
            .withDuration(DefaultDriverOption.HEARTBEAT_TIMEOUT, settings.requestTimeout())
            .withInt(DefaultDriverOption.CONNECTION_POOL_LOCAL_SIZE, settings.connectionsPerNode())
            .withStringList(
                DefaultDriverOption.METADATA_SCHEMA_REFRESHED_KEYSPACES,
                List.of(settings.keyspace()))
            // Nothing is sent any more when it closes.
            .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
            .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
            // A server that comes back should be used soon.
            .withDuration(DefaultDriverOption.RECONNECTION_BASE_DELAY, RECONNECT_MIN)
            .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, RECONNECT_MAX);
    if (settings.tls().enabled()) {
      tls(settings.tls(), config);
    }
    return config.build();
  }

  private static void tls(Tls tls, ProgrammaticDriverConfigLoaderBuilder config) {
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
}
