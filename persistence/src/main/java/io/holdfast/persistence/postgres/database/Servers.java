// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres.database;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections to the one server that takes writes: a standby would answer with what was true
 * a while ago. The one that was found last is tried first, then the others in their order. Each has
 * its share of the time, so that one that is silent leaves some to the next; the driver's own
 * search would not. Safe for use by many threads.
 */
final class Servers implements DataSource {

  private final PostgresSettings settings;
  private volatile int found;

  Servers(PostgresSettings settings) {
    this.settings = settings;
  }

  /** For statements. The database ends slow ones itself; this is for those it cannot tell us of. */
  @Override
  public Connection getConnection() throws SQLException {
    return connect(settings.statementTimeout().plusSeconds(5));
  }

  /**
   * Connects, or says why none of the servers can be used: what somebody must change comes first,
   * then that a server takes no writes.
   *
   * @param silence how long the server may say nothing before the connection is given up
   */
  Connection connect(Duration silence) throws SQLException {
    List<Host> hosts = settings.server().hosts();
    int first = found;
    SQLException failure = null;
    for (int i = 0; i < hosts.size(); i++) {
      int each = (first + i) % hosts.size();
      try {
        Connection connection = connect(hosts.get(each), silence);
        found = each;
        return connection;
      } catch (SQLException e) {
        failure = graver(failure, e);
      }
    }
    throw Objects.requireNonNull(failure, "there is a server");
  }

  private Connection connect(Host host, Duration silence) throws SQLException {
    Connection connection = settings.dataSource(host, silence).getConnection();
    try {
      requireWrites(connection);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static SQLException graver(@Nullable SQLException one, SQLException other) {
    if (one == null) {
      return other;
    }
    boolean isOther = SqlFailure.of(other).compareTo(SqlFailure.of(one)) > 0;
    SQLException graver = isOther ? other : one;
    graver.addSuppressed(isOther ? one : other);
    return graver;
  }

  /** Throws when the server at the other end takes no writes, or does not answer. */
  static void requireWrites(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet readOnly = statement.executeQuery("SHOW transaction_read_only")) {
      if (!readOnly.next() || !"off".equals(readOnly.getString(1))) {
        throw SqlFailure.readOnly();
      }
    }
  }

  /** Connections are those of the user in the settings, whoever asks. */
  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException("the settings name the user");
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {}

  /** Nothing changes: the settings say how long that may take. */
  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return (int) settings.connectTimeout().toSeconds();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException("it logs nothing");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
