// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server whether it is there and takes writes, on a connection of its own: those of the
 * pool may all be busy. For one thread, but for closing.
 */
final class Heartbeat implements AutoCloseable {

  private final Servers servers;
  private final PostgresSettings settings;
  private volatile @Nullable Connection connection;

  Heartbeat(Servers servers, PostgresSettings settings) {
    this.servers = servers;
    this.settings = settings;
  }

  /** Asks once. After a failure the next one looks for a server anew. */
  void ask() throws SQLException {
    Connection open = connection;
    try {
      if (open == null) {
        open = servers.connect(settings.connectTimeout());
        connection = open;
      } else {
        Servers.requireWrites(open);
      }
    } catch (SQLException e) {
      close();
      throw e;
    }
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
