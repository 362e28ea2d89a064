// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.broken;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Makes a PostgreSQL server forget values: of those that take the place of another, it drops one in
 * three and says that it has it.
 */
public final class ForgetfulPostgres {

  private static final String FORGET =
      """
      CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF random() < 0.33 THEN RETURN OLD; END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER forget BEFORE UPDATE ON holdfast.value
        FOR EACH ROW EXECUTE FUNCTION forget()
      """;

  private ForgetfulPostgres() {}

  /**
   * From now on it does.
   *
   * @param port of the server, on this machine, in which proxies have made their tables
   */
  public static void install(int port) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres".formatted(port));
        Statement statement = connection.createStatement()) {
      statement.execute(FORGET);
    }
  }
}
