// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import static io.holdfast.persistence.Setups.assertRefused;

import akka.actor.ActorSystem;
import akka.testkit.javadsl.TestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The sentences that a wrong setup of the PostgreSQL store gives. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PostgresSetupTest {

  private final Config settings = PostgresServer.freshSettings();

  private Config with(String key, Object value) {
    return settings.withValue(
        "holdfast.persistence.postgres." + key, ConfigValueFactory.fromAnyRef(value));
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = PostgresServer.shared().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void an_unknown_user_is_named() {
    assertRefused(with("user", "nobody"), "nobody", "set HOLDFAST_POSTGRES_USER");
  }

  @Test
  void a_database_that_is_missing_is_named() {
    assertRefused(with("database", "none"), "none", "set HOLDFAST_POSTGRES_DATABASE");
  }

  @Test
  void a_schema_that_is_missing_and_may_not_be_made_is_named() {
    assertRefused(with("create-schema", false), "has no schema 'test_");
  }

  @Test
  void a_server_without_tls_is_refused_where_tls_is_required() {
    assertRefused(with("tls.mode", "require"), "set HOLDFAST_POSTGRES_TLS");
  }

  @Test
  void a_schema_with_a_name_that_must_be_quoted_is_refused() {
    assertRefused(with("schema", "a\"; DROP"), "set HOLDFAST_POSTGRES_SCHEMA");
  }

  @Test
  void as_many_lanes_as_connections_are_refused() {
    assertRefused(with("lanes", 8), "connections-max to more than its lanes");
  }

  @Test
  void a_user_that_may_not_make_the_schema_is_told() throws SQLException {
    execute("CREATE ROLE plain LOGIN");
    assertRefused(with("user", "plain"), "give its user the rights");
  }

  @Test
  void a_schema_of_a_newer_release_is_left_alone() throws SQLException {
    ActorSystem system = ActorSystem.create("setup", settings.withFallback(ConfigFactory.load()));
    Stores.open(system);
    TestKit.shutdownActorSystem(system);
    String schema = settings.getString("holdfast.persistence.postgres.schema");
    execute("UPDATE " + schema + ".meta SET format = 99");

    assertRefused(settings, "was written by a newer release");
  }
}
