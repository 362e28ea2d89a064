// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL server for the clusters of this JVM; each takes a schema of its own. */
final class SharedPostgres {

  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  private SharedPostgres() {}

  private static final class Started {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Settings of proxies that share a store which is empty. */
  static Config emptyStore() {
    return ConfigFactory.parseMap(
        Map.of(
            "holdfast.store",
            "postgres",
            "holdfast.persistence.postgres",
            Map.of(
                "port",
                Started.SERVER.getPort(),
                "database",
                "postgres",
                "user",
                "postgres",
                "schema",
                "cluster_" + SCHEMAS.incrementAndGet(),
                "connections-max",
                3,
                "lanes",
                2)));
  }
}
