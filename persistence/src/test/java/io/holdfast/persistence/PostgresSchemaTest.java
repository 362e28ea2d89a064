// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import static java.util.stream.Collectors.joining;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class PostgresSchemaTest extends SchemaContract {

  private final Config settings = PostgresServer.freshSettings();

  @Override
  Config settings() {
    return settings;
  }

  @Override
  void runByHand(String statements) throws Exception {
    try (Connection connection = PostgresServer.shared().getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(statements);
    }
  }

  @Test
  void the_rights_that_are_printed_are_all_that_a_user_of_its_own_needs() throws Exception {
    Config theirs =
        ConfigFactory.parseString(
                "holdfast.persistence.postgres { user = guest, create-schema = off }")
            .withFallback(settings);
    String printed = StoreSchema.of(theirs.withFallback(ConfigFactory.load())).statements();
    String grants =
        printed
            .lines()
            .filter(line -> line.startsWith("-- GRANT "))
            .map(line -> line.substring(3))
            .collect(joining("\n"));
    runByHand("CREATE ROLE guest LOGIN;" + printed + grants);

    assertUsable(theirs);
  }
}
