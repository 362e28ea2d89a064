// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.database;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import io.holdfast.persistence.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The connection to the servers. Its failures are {@link StoreException}s. For all threads.
 *
 * @param doubt is run when a request fails as if the servers were away; must not block
 */
public record Cassandra(CqlSession session, CassandraSettings settings, Runnable doubt)
    implements AutoCloseable {

  /**
   * Makes sure that the tables are there. Blocks.
   *
   * @param create whether those that are missing are made
   * @return the names of those that were made
   * @throws StoreException when some are missing and may not be made
   */
  public List<String> prepareSchema(boolean create) {
    return Schema.of(settings).prepare(session, create);
  }

  /** Blocks; for start-up only. A table is written as {@code {blocks}}. */
  public PreparedStatement prepare(String cql) {
    try {
      return session.prepare(cql.replace("{", settings.keyspace() + ".").replace("}", ""));
    } catch (DriverException e) {
      throw CassandraFailure.of(e, settings);
    }
  }

  public CompletionStage<AsyncResultSet> run(Statement<?> statement) {
    return session
        .executeAsync(statement)
        .exceptionally(
            e -> {
              throw failed(e);
            });
  }

  /** The first row of the answer; null when it has none. */
  public CompletionStage<@Nullable Row> one(Statement<?> statement) {
    return run(statement).thenApply(AsyncResultSet::one);
  }

  /** All rows of the answer, of all its pages: for answers that are known to be small. */
  public CompletionStage<List<Row>> all(Statement<?> statement) {
    return run(statement).thenCompose(page -> collect(page, new ArrayList<>()));
  }

  private CompletionStage<List<Row>> collect(AsyncResultSet page, List<Row> into) {
    page.currentPage().forEach(into::add);
    return page.hasMorePages()
        ? next(page).thenCompose(next -> collect(next, into))
        : CompletableFuture.completedFuture(into);
  }

  /** The page after this one, which there must be. */
  public CompletionStage<AsyncResultSet> next(AsyncResultSet page) {
    return page.fetchNextPage()
        .<AsyncResultSet>thenApply(next -> next)
        .exceptionally(
            e -> {
              throw failed(e);
            });
  }

  private StoreException failed(Throwable e) {
    if (CassandraFailure.isAway(e)) {
      doubt.run();
    }
    return CassandraFailure.of(e, settings);
  }

  @Override
  public void close() {
    session.close();
  }
}
