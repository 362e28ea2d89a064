// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import akka.actor.ActorSystem;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.persistence.cassandra.CassandraStore;
import io.holdfast.persistence.journal.OpenStore;
import io.holdfast.persistence.postgres.PostgresStore;
import java.util.Map;

/** Opens the store that the configuration names. */
public final class Stores {

  private Stores() {}

  /**
   * Opens the store, or gives the one that this actor system has open already. A server that is
   * away is waited for in the background: see {@link Store#opened()}. The store closes by itself
   * after the last actor of the system has stopped, before the system counts as terminated.
   *
   * @throws StoreException when the setup is wrong or the data cannot be used; nothing is changed
   *     then
   */
  public static Store open(ActorSystem system) {
    return StoreExtension.storeOf(system);
  }

  /**
   * Makes the plugins of the store that {@code config} names Akka's own: what those use that name
   * no plugins themselves.
   */
  public static Config plugins(Config config) {
    return switch (config.getString("holdfast.store")) {
      case "postgres" -> plugins(PostgresStore.JOURNAL, PostgresStore.SNAPSHOT_STORE);
      case "cassandra" -> plugins(CassandraStore.JOURNAL, CassandraStore.SNAPSHOT_STORE);
      default -> plugins(OpenStore.JOURNAL, OpenStore.SNAPSHOT_STORE);
    };
  }

  private static Config plugins(String journal, String snapshotStore) {
    return ConfigFactory.parseMap(
        Map.of(
            "akka.persistence.journal.plugin",
            journal,
            "akka.persistence.snapshot-store.plugin",
            snapshotStore),
        "plugins of the store");
  }
}
