// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.persistence.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections to an opened database. Safe for use by many threads; borrowing blocks. */
public final class Database implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Database.class);

  private final PostgresSettings settings;
  private final Schema schema;
  private final CompletableFuture<Void> opened;
  private final HikariDataSource pool;
  private final AtomicBoolean away = new AtomicBoolean();

  /**
   * Makes no connection yet.
   *
   * @param opened completes when the tables are known to be there; nothing is borrowed before
   */
  public Database(PostgresSettings settings, CompletableFuture<Void> opened) {
    this.settings = settings;
    this.schema = new Schema(settings.schema());
    this.opened = opened;
    this.pool = new HikariDataSource(pool(settings));
  }

  private static HikariConfig pool(PostgresSettings settings) {
    var config = new HikariConfig();
    config.setPoolName("holdfast-postgres");
    config.setDataSource(settings.dataSource());
    config.setMaximumPoolSize(settings.load().connectionsMax());
    config.setMinimumIdle(0);
    config.setConnectionTimeout(settings.connectTimeout().toMillis());
    // Makes no connection now: the server may be down.
    config.setInitializationFailTimeout(-1);
    // A commit that is not on disk is no commit, whatever the database's default is.
    config.setConnectionInitSql(
        "SELECT set_config('statement_timeout', '"
            + settings.statementTimeout().toMillis()
            + "', false), CASE WHEN current_setting('synchronous_commit') = 'off'"
            + " THEN set_config('synchronous_commit', 'on', false) END");
    return config;
  }

  public PostgresSettings settings() {
    return settings;
  }

  public Schema schema() {
    return schema;
  }

  /**
   * A connection, to be closed.
   *
   * @throws StoreException when there is none
   */
  public Connection borrow() {
    if (!opened.isDone() || opened.isCompletedExceptionally()) {
      throw new StoreException(
          "The PostgreSQL store at " + settings.server() + " is not open yet; try again later.",
          null);
    }
    try {
      Connection connection = pool.getConnection();
      if (away.compareAndSet(true, false)) {
        log.info("The PostgreSQL store at {} is reachable again", settings.server());
      }
      return connection;
    } catch (SQLException e) {
      throw pool.isClosed() ? StoreException.closed() : failed("be reached", e);
    }
  }

  /** Reads with a connection. */
  public <T> T read(Use<T> reading) {
    return use("read", reading);
  }

  /**
   * Does something with a connection, each statement in a transaction of its own.
   *
   * @param doing what the sentence says that failed
   */
  public <T> T use(String doing, Use<T> use) {
    try (Connection connection = borrow()) {
      return use.with(connection);
    } catch (SQLException e) {
      throw failed(doing, e);
    }
  }

  /** Says what went wrong, and once for all who hear it that the server is away. */
  public StoreException failed(String doing, SQLException failure) {
    StoreException said = SqlFailure.during(doing, settings, failure);
    if (SqlFailure.of(failure) == SqlFailure.AWAY && away.compareAndSet(false, true)) {
      log.warn("{} Commands fail until it is back.", said.getMessage());
    }
    return said;
  }

  @Override
  public void close() {
    pool.close();
  }

  /** Something done with a connection that someone else gives back. */
  public interface Use<T> {
    T with(Connection connection) throws SQLException;
  }
}
