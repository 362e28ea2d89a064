// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.postgres;

import akka.NotUsed;
import akka.stream.javadsl.Source;
import io.holdfast.persistence.EventLog;
import io.holdfast.persistence.EventReader;
import io.holdfast.persistence.plugin.Pages;
import io.holdfast.persistence.record.LogRecords.Slices;
import io.holdfast.storage.v1.StoredEvent;
import java.util.concurrent.Executor;

/** Streams events page by page, and holds no connection between two pages. */
record PostgresReader(StoredEvents events, Executor reads) implements EventReader, EventLog {

  @Override
  public Source<StoredEvent, NotUsed> read(
      String persistenceId, long fromSequence, long toSequence) {
    return Pages.from(
        Math.max(fromSequence, 1), from -> events.page(persistenceId, from, toSequence), reads);
  }

  @Override
  public Source<LoggedEvent, NotUsed> bySlices(
      String entityType, int fromSlice, int toSlice, long afterOffset) {
    var slices = new Slices(entityType, fromSlice, toSlice);
    return Pages.from(afterOffset, offset -> events.page(slices, offset), reads);
  }

  @Override
  public Source<String, NotUsed> persistenceIds(String entityType) {
    return Pages.from("", last -> events.ids(entityType, last), reads);
  }
}
