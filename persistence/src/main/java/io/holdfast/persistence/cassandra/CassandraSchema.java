// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra;

import com.typesafe.config.Config;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.StoreSchema;
import io.holdfast.persistence.cassandra.database.Cassandra;
import io.holdfast.persistence.cassandra.database.CassandraSettings;
import io.holdfast.persistence.cassandra.database.Connecting;
import io.holdfast.persistence.cassandra.database.Schema;
import io.holdfast.persistence.server.AwayException;
import java.util.List;

/** The keyspace. */
public record CassandraSchema(CassandraSettings settings) implements StoreSchema {

  /** Reads {@code holdfast.persistence.cassandra}. */
  public static CassandraSchema of(Config cassandra) {
    return new CassandraSchema(CassandraSettings.from(cassandra));
  }

  @Override
  public String statements() {
    String keyspace = settings.keyspace();
    return """
        -- The tables of Holdfast's Cassandra store. In production the keyspace needs three replicas:
        -- set HOLDFAST_CASSANDRA_REPLICATION, or change the first statement.
        %s;

        -- The proxies' user needs SELECT and MODIFY on the keyspace %s.
        """
        .formatted(String.join(";\n", Schema.of(settings).statements()), keyspace);
  }

  @Override
  public String apply() {
    try {
      List<String> made = new Connecting(settings).connect(CassandraSchema::make, () -> {});
      return StoreSchema.done(settings.store(), made);
    } catch (AwayException e) {
      throw new StoreException(String.valueOf(e.getMessage()), e);
    }
  }

  private static List<String> make(Cassandra cassandra) {
    try (cassandra) {
      return cassandra.prepareSchema(true);
    }
  }
}
