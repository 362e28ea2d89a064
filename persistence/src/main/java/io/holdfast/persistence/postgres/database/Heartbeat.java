// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres.database;

import io.holdfast.persistence.server.AwayException;
import io.holdfast.persistence.server.Reach;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server whether it is there, on a connection of its own: those of the pool may all be
 * busy. For one thread, but for closing.
 */
final class Heartbeat implements Reach.Probe, AutoCloseable {

  private final PostgresSettings settings;
  private volatile @Nullable Connection connection;

  Heartbeat(PostgresSettings settings) {
    this.settings = settings;
  }

  @Override
  public void run() throws AwayException {
    Connection open = connection;
    try {
      if (open == null) {
        open = connect();
        connection = open;
      }
      try (Statement statement = open.createStatement()) {
        statement.execute("SELECT 1");
      }
    } catch (SQLException e) {
      // The next attempt takes a new one, to another server maybe.
      close();
      throw new AwayException(SqlFailure.sentence("be reached", settings, e), e);
    }
  }

  private Connection connect() throws SQLException {
    var source = settings.dataSource();
    source.setSocketTimeout(Math.max(1, (int) settings.connectTimeout().toSeconds()));
    return source.getConnection();
  }

  @Override
  public void close() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        // It is gone, which was the aim.
      }
    }
  }
}
