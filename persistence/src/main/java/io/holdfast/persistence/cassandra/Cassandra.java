// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import io.holdfast.persistence.StoreException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The connection to the servers. Its failures are {@link StoreException}s. */
record Cassandra(CqlSession session, CassandraSettings settings) implements AutoCloseable {

  /** Blocks; for start-up only. A table is written as {@code {blocks}}. */
  PreparedStatement prepare(String cql) {
    try {
      return session.prepare(cql.replace("{", settings.keyspace() + ".").replace("}", ""));
    } catch (DriverException e) {
      throw failure(e);
    }
  }

  CompletionStage<AsyncResultSet> run(Statement<?> statement) {
    return session
        .executeAsync(statement)
        .exceptionally(
            e -> {
              throw failure(e);
            });
  }

  /** The first row of the answer; null when it has none. */
  CompletionStage<@Nullable Row> one(Statement<?> statement) {
    return run(statement).thenApply(AsyncResultSet::one);
  }

  /** What is wrong with the store, as an operator should hear it. */
  static StoreException failure(Throwable thrown) {
    Throwable e =
        thrown instanceof CompletionException c && c.getCause() != null ? c.getCause() : thrown;
    if (e instanceof StoreException store) {
      return store;
    }
    if (e instanceof QueryValidationException) {
      return new StoreException(
          "Cassandra refuses a statement of the store ("
              + e.getMessage()
              + "); compare its schema"
              + " and permissions with what this release needs.",
          e);
    }
    if (authentication(e)) {
      return new StoreException(
          "Cassandra refuses the proxy's user; set HOLDFAST_CASSANDRA_USER and"
              + " HOLDFAST_CASSANDRA_PASSWORD.",
          e);
    }
    return new StoreException(
        "Cassandra cannot be reached or did not answer in time ("
            + e.getMessage()
            + "); look at its servers and at the network.",
        e);
  }

  static boolean authentication(Throwable e) {
    return e instanceof AuthenticationException
        || (e instanceof AllNodesFailedException all
            && all.getAllErrors().values().stream()
                .flatMap(java.util.List::stream)
                .anyMatch(AuthenticationException.class::isInstance));
  }

  @Override
  public void close() {
    session.close();
  }
}
