// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import com.typesafe.config.Config;
import io.holdfast.persistence.cassandra.CassandraSchema;
import io.holdfast.persistence.postgres.PostgresSchema;
import java.util.List;

/**
 * The tables that a store needs on its server, for operators who do not let the proxy make them.
 * Both ways of making them, and the proxy's own, lead to the same.
 */
public interface StoreSchema {

  /**
   * The statements that make the tables, for the server's own command line. They can be run again:
   * what is there stays. Needs no server.
   */
  String statements();

  /**
   * Makes the tables that are missing. Blocks.
   *
   * @return a sentence that says what was done
   * @throws StoreException when the server cannot be reached, or does not let this user make them
   */
  String apply();

  /**
   * Of the store that {@code holdfast.store} names.
   *
   * @throws StoreException when that one has no server
   */
  static StoreSchema of(Config config) {
    String store = config.getString("holdfast.store");
    Config persistence = config.getConfig("holdfast.persistence");
    return switch (store) {
      case "postgres" -> PostgresSchema.of(persistence.getConfig(store));
      case "cassandra" -> CassandraSchema.of(persistence.getConfig(store));
      default ->
          throw new StoreException(
              "The store '"
                  + store
                  + "' has no tables to be made; set holdfast.store (HOLDFAST_STORE) to postgres or"
                  + " cassandra.",
              null);
    };
  }

  /** What {@link #apply} says. */
  static String done(String store, List<String> made) {
    return made.isEmpty()
        ? store + " has all its tables already."
        : store + " has new tables: " + String.join(", ", made) + ".";
  }
}
