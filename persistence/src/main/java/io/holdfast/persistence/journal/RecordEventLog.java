// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.journal;

import akka.NotUsed;
import akka.japi.Pair;
import akka.stream.javadsl.Source;
import io.holdfast.persistence.EventLog;
import io.holdfast.persistence.record.LogRecords;
import io.holdfast.persistence.record.LogRecords.Page;
import io.holdfast.persistence.record.LogRecords.Slices;
import io.holdfast.persistence.record.Records;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Streams the log page by page. */
final class RecordEventLog implements EventLog {

  private static final int PAGE_ENTRIES = 256;

  private final LogRecords log;
  private final Executor reads;

  RecordEventLog(Records records, Executor reads) {
    this.log = new LogRecords(records);
    this.reads = reads;
  }

  @Override
  public Source<LoggedEvent, NotUsed> bySlices(
      String entityType, int fromSlice, int toSlice, long afterOffset) {
    var slices = new Slices(entityType, fromSlice, toSlice);
    return pages(afterOffset, offset -> log.read(slices, offset, PAGE_ENTRIES));
  }

  @Override
  public Source<String, NotUsed> persistenceIds(String entityType) {
    return pages("", last -> log.persistenceIds(entityType, last, PAGE_ENTRIES));
  }

  private <T, P> Source<T, NotUsed> pages(P start, Function<P, Page<T, P>> read) {
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
        .mapConcat(items -> items);
  }
}
