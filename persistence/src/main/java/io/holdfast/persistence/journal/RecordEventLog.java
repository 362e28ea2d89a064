// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.journal;

import akka.NotUsed;
import akka.stream.javadsl.Source;
import io.holdfast.persistence.EventLog;
import io.holdfast.persistence.plugin.Pages;
import io.holdfast.persistence.record.LogRecords;
import io.holdfast.persistence.record.LogRecords.Slices;
import io.holdfast.persistence.record.Records;
import java.util.concurrent.Executor;

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
    return Pages.from(afterOffset, offset -> log.read(slices, offset, PAGE_ENTRIES), reads);
  }

  @Override
  public Source<String, NotUsed> persistenceIds(String entityType) {
    return Pages.from("", last -> log.persistenceIds(entityType, last, PAGE_ENTRIES), reads);
  }
}
