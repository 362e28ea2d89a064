// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres.database;

import io.holdfast.persistence.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the server and makes the tables ready. A server that cannot be reached is tried again, at
 * growing intervals, until it can or this is closed.
 */
public final class Opening implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Opening.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private final PostgresSettings settings;
  private final CompletableFuture<Void> opened = new CompletableFuture<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  public Opening(PostgresSettings settings) {
    this.settings = settings;
  }

  /** Completes when everything is ready; fails when that takes a change of the setup. */
  public CompletableFuture<Void> opened() {
    return opened;
  }

  /**
   * Tries once, and goes on in the background if the server is away.
   *
   * @throws StoreException when it can never become ready as it is set up
   */
  public void start() {
    SQLException away = attempt();
    if (away == null) {
      opened.complete(null);
      return;
    }
    log.warn(
        "{} The proxy waits for it.", SqlFailure.during("be reached", settings, away).getMessage());
    Thread thread = new Thread(this::keepTrying, "holdfast-postgres-opening");
    thread.setDaemon(true);
    thread.start();
  }

  private void keepTrying() {
    Duration pause = FIRST_PAUSE;
    try {
      while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        if (attempt() == null) {
          log.info("The PostgreSQL store at {} is reachable now", settings.server());
          opened.complete(null);
          return;
        }
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(settings.retryMax()) < 0 ? pause : settings.retryMax();
      }
      opened.completeExceptionally(StoreException.closed());
    } catch (StoreException e) {
      opened.completeExceptionally(e);
    } catch (InterruptedException e) {
      opened.completeExceptionally(StoreException.closed());
    }
  }

  /** Null when it is done; the reason when the server is away. */
  private @Nullable SQLException attempt() {
    try (Connection connection = settings.dataSource().getConnection()) {
      new Schema(settings.schema()).prepare(connection, settings.createSchema());
      return null;
    } catch (SQLException e) {
      if (SqlFailure.of(e) == SqlFailure.AWAY) {
        return e;
      }
      throw SqlFailure.during("open", settings, e);
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
