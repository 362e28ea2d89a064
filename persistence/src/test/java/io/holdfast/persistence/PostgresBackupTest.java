// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import static io.holdfast.persistence.Events.event;
import static io.holdfast.persistence.Events.snapshot;
import static io.holdfast.persistence.Events.value;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.testkit.javadsl.TestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import io.holdfast.persistence.EventLog.LoggedEvent;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** The rows of a schema are all that there is of a store. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PostgresBackupTest extends StoreFixture {

  private static final String RESTORED = "restored";

  private final EmbeddedPostgres server = PostgresServer.shared();
  private final Config settings = PostgresServer.freshSettings();
  private final String schema = settings.getString("holdfast.persistence.postgres.schema");

  @Override
  Config settings() {
    return settings;
  }

  @Test
  void what_is_dumped_and_restored_elsewhere_is_the_store_at_that_moment() throws Exception {
    ActorRef cart = append(CART, events(1, 3));
    save(cart, snapshot(3, "three"));
    store.values().put(CART, value(1, "one")).toCompletableFuture().join();
    List<LoggedEvent> logged = run(store.log().bySlices("cart", 0, 1023, 0));

    Map<String, byte[]> dump = dump();
    append(cart, event(4, "too late"));
    Config elsewhere = restore(dump);

    TestKit.shutdownActorSystem(system);
    system = ActorSystem.create("restored", elsewhere);
    store = Stores.open(system);
    observer = new TestKit(system);
    entities = new Entities(store, observer.getRef());
    assertThat(read(CART, 1, Long.MAX_VALUE)).containsExactly(events(1, 3));
    assertThat(store.snapshots().latest(CART).toCompletableFuture().join())
        .contains(snapshot(3, "three"));
    assertThat(store.values().get(CART).toCompletableFuture().join()).contains(value(1, "one"));
    append(CART, event(4, "another"));
    assertThat(run(store.log().bySlices("cart", 0, 1023, 0))).hasSize(4).startsWith(logged.get(0));
  }

  private Map<String, byte[]> dump() throws SQLException, IOException {
    try (Connection connection = server.getPostgresDatabase().getConnection()) {
      var dump = new LinkedHashMap<String, byte[]>();
      for (String table : tables(connection)) {
        var rows = new ByteArrayOutputStream();
        long unused = copies(connection).copyOut("COPY " + table + " TO STDOUT", rows);
        dump.put(table, rows.toByteArray());
      }
      return dump;
    }
  }

  private List<String> tables(Connection connection) throws SQLException {
    var tables = new ArrayList<String>();
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT tablename FROM pg_tables WHERE schemaname = '" + schema + "'")) {
      while (found.next()) {
        tables.add(schema + "." + found.getString(1));
      }
    }
    return tables;
  }

  private Config restore(Map<String, byte[]> dump) throws SQLException, IOException {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + RESTORED);
    }
    Config elsewhere =
        settings
            .withValue(
                "holdfast.persistence.postgres.database", ConfigValueFactory.fromAnyRef(RESTORED))
            .withFallback(ConfigFactory.load());
    assertThat(StoreSchema.of(elsewhere).apply()).contains("has new tables");
    try (Connection connection = server.getDatabase("postgres", RESTORED).getConnection();
        Statement statement = connection.createStatement()) {
      for (var table : dump.entrySet()) {
        statement.execute("TRUNCATE " + table.getKey());
        long unused =
            copies(connection)
                .copyIn(
                    "COPY " + table.getKey() + " FROM STDIN",
                    new ByteArrayInputStream(table.getValue()));
      }
    }
    return elsewhere;
  }

  private static CopyManager copies(Connection connection) throws SQLException {
    return connection.unwrap(PGConnection.class).getCopyAPI();
  }
}
