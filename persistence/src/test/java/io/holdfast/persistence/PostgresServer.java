// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.persistence.postgres.database.Database;
import io.holdfast.persistence.postgres.database.PostgresSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL server that all tests of this JVM share; each takes a schema of its own. */
public final class PostgresServer {

  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  private PostgresServer() {}

  /** Started when first asked for, stopped when the JVM ends. */
  public static EmbeddedPostgres shared() {
    return Shared.SERVER;
  }

  private static final class Shared {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        // Its own work would hold the log back for moments.
        return EmbeddedPostgres.builder()
            .setServerConfig("autovacuum", "off")
            .setServerConfig("fsync", "off")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Settings of a store in a schema that is not there yet, on the shared server. */
  public static Config freshSettings() {
    return settings(shared().getPort(), "test_" + SCHEMAS.incrementAndGet());
  }

  /** The database of such a store, to be opened and closed. */
  public static Database freshDatabase() {
    return new Database(
        PostgresSettings.from(
            freshSettings()
                .withFallback(ConfigFactory.load())
                .getConfig("holdfast.persistence.postgres")));
  }

  public static Config settings(int port, String schema) {
    return ConfigFactory.parseMap(
        Map.of(
            "holdfast.store",
            "postgres",
            "holdfast.persistence.postgres",
            Map.of(
                "port",
                port,
                "database",
                "postgres",
                "user",
                "postgres",
                "schema",
                schema,
                "connect-timeout",
                "1s",
                "retry-max",
                "400ms")));
  }
}
