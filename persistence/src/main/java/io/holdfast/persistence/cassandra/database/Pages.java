// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.database;

import akka.NotUsed;
import akka.japi.Pair;
import akka.stream.javadsl.Source;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Streams the rows of a query page by page, as its reader asks for them. */
public final class Pages {

  private Pages() {}

  public static Source<Row, NotUsed> rows(Cassandra cassandra, BoundStatement query) {
    return Source.<Optional<AsyncResultSet>, List<Row>>unfoldAsync(
            Optional.empty(),
            before ->
                before.isEmpty()
                    ? cassandra.run(query).thenApply(Pages::page)
                    : next(cassandra, before.get()))
        .mapConcat(page -> page);
  }

  private static CompletionStage<Optional<Pair<Optional<AsyncResultSet>, List<Row>>>> next(
      Cassandra cassandra, AsyncResultSet before) {
    return before.hasMorePages()
        ? cassandra.next(before).thenApply(Pages::page)
        : CompletableFuture.completedFuture(Optional.empty());
  }

  private static Optional<Pair<Optional<AsyncResultSet>, List<Row>>> page(AsyncResultSet rows) {
    List<Row> page = new ArrayList<>();
    rows.currentPage().forEach(page::add);
    return Optional.of(Pair.create(Optional.of(rows), page));
  }
}
