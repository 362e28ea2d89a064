// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.server.AwayException;
import io.holdfast.persistence.server.Opening;
import io.holdfast.persistence.server.Reach;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Connections to an opened database. Safe for use by many threads; borrowing blocks. */
public final class Database implements AutoCloseable {

  // A commit that is not on disk is no commit, whatever the database's default is. And every
  // statement finds its rows by an index, in its order: to plan each anew takes longer than most of
  // them; a plan made while a table is new would go on to scan all of it; and the planner, which
  // cannot know how much of a log is still to come, would sort all that for one page.
  private static final String SESSION =
      """
      SELECT set_config('statement_timeout', '%d', false),
        set_config('plan_cache_mode', 'force_generic_plan', false),
        set_config('enable_seqscan', 'off', false),
        set_config('enable_bitmapscan', 'off', false),
        set_config('jit', 'off', false),
        CASE WHEN current_setting('synchronous_commit') = 'off'
          THEN set_config('synchronous_commit', 'on', false) END
      """;

  private final PostgresSettings settings;
  private final Schema schema;
  private final Opening<Schema> opening;
  private final Servers servers;
  private final Heartbeat heartbeat;
  private final Reach reach;
  private final CompletableFuture<Void> opened;
  private final HikariDataSource pool;

  /** Makes no connection yet. */
  public Database(PostgresSettings settings) {
    this.settings = settings;
    this.schema = new Schema(settings.schema());
    this.opening = new Opening<>(settings.store(), new Preparing(settings), settings.retryMax());
    this.servers = new Servers(settings);
    this.heartbeat = new Heartbeat(servers, settings);
    this.reach =
        new Reach(settings.store(), this::look, settings.checkInterval(), System::nanoTime);
    opening.onAway(reach::notFound);
    this.opened = opening.opened().thenAccept(schema -> reach.start());
    this.pool = new HikariDataSource(pool());
  }

  /**
   * Looks for the server; if it is away, that goes on in the background.
   *
   * @throws StoreException when the setup must be changed first
   */
  public void open() {
    opening.start();
  }

  /** Completes when the tables are known to be there; nothing can be borrowed before. */
  public CompletionStage<Void> opened() {
    return opened.copy();
  }

  /** Whether the server answers. */
  public Reach reach() {
    return reach;
  }

  private HikariConfig pool() {
    var config = new HikariConfig();
    config.setPoolName("holdfast-postgres");
    config.setDataSource(servers);
    config.setMaximumPoolSize(settings.load().connectionsMax());
    config.setMinimumIdle(0);
    config.setConnectionTimeout(settings.connectTimeout().toMillis());
    // Makes no connection now: the server may be down.
    config.setInitializationFailTimeout(-1);
    config.setConnectionInitSql(SESSION.formatted(settings.statementTimeout().toMillis()));
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
    Schema unused = opening.get();
    try {
      return pool.getConnection();
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

  /** Says what went wrong, and has the server looked for if it may be away. */
  public StoreException failed(String doing, SQLException failure) {
    if (SqlFailure.of(failure).mayPass()) {
      giveUpReadOnly(failure);
      reach.doubt();
    }
    return SqlFailure.during(doing, settings, failure);
  }

  private void look() throws AwayException {
    try {
      heartbeat.ask();
    } catch (SQLException e) {
      giveUpReadOnly(e);
      throw new AwayException(SqlFailure.sentence("be reached", settings, e), e);
    }
  }

  /**
   * Connections outlive a change of roles behind an address that stays, and would go on to read
   * what may be old by now. Those in use are closed once they are given back.
   */
  private void giveUpReadOnly(SQLException failure) {
    if (SqlFailure.of(failure) == SqlFailure.READ_ONLY) {
      pool.getHikariPoolMXBean().softEvictConnections();
    }
  }

  /** Nothing can be borrowed any more. */
  @Override
  public void close() {
    opening.close();
    reach.close();
    heartbeat.close();
    pool.close();
  }

  /** Something done with a connection that someone else gives back. */
  public interface Use<T> {
    T with(Connection connection) throws SQLException;
  }
}
