// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.plugin;

import akka.NotUsed;
import akka.japi.Pair;
import akka.stream.OverflowStrategy;
import akka.stream.javadsl.Source;
import io.holdfast.persistence.record.LogRecords.Page;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Streams what is read page by page, and reads the next page while one is on its way. */
public final class Pages {

  private Pages() {}

  /**
   * All that is read from a place on.
   *
   * @param read gives the page that goes on from a place; may block
   * @param reads runs what blocks
   */
  public static <T, P> Source<T, NotUsed> from(
      P start, Function<P, Page<T, P>> read, Executor reads) {
    return Source.<Page<T, P>, List<T>>unfoldAsync(
            new Page<>(List.of(), start, true),
            page ->
                page.more()
                    ? CompletableFuture.supplyAsync(
                        () -> {
                          Page<T, P> next = read.apply(page.reached());
                          return Optional.of(Pair.create(next, next.items()));
                        },
                        reads)
                    : CompletableFuture.completedFuture(Optional.empty()))
        .buffer(1, OverflowStrategy.backpressure())
        .mapConcat(items -> items);
  }
}
