// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra;

import akka.NotUsed;
import akka.stream.javadsl.Source;
import io.holdfast.persistence.EventLog;
import io.holdfast.persistence.EventReader;
import io.holdfast.persistence.StoreException;
import io.holdfast.persistence.Values;
import io.holdfast.persistence.plugin.KeptSnapshots;
import io.holdfast.storage.v1.StoredEvent;
import io.holdfast.storage.v1.StoredSnapshot;
import io.holdfast.storage.v1.StoredValue;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads and writes as soon as the store is open, and fails until then. */
final class WhenOpen implements EventReader, EventLog, Values, KeptSnapshots {

  private final Supplier<OpenedCassandra> opened;

  /**
   * @param opened throws a {@link StoreException} as long as it is not
   */
  WhenOpen(Supplier<OpenedCassandra> opened) {
    this.opened = opened;
  }

  private <T> Source<T, NotUsed> source(Function<OpenedCassandra, Source<T, NotUsed>> read) {
    try {
      return read.apply(opened.get());
    } catch (StoreException e) {
      return Source.failed(e);
    }
  }

  private <T> CompletionStage<T> stage(Function<OpenedCassandra, CompletionStage<T>> use) {
    try {
      return use.apply(opened.get());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public Source<StoredEvent, NotUsed> read(
      String persistenceId, long fromSequence, long toSequence) {
    return source(open -> open.events().read(persistenceId, fromSequence, toSequence));
  }

  @Override
  public Source<LoggedEvent, NotUsed> bySlices(
      String entityType, int fromSlice, int toSlice, long afterOffset) {
    return source(open -> open.log().bySlices(entityType, fromSlice, toSlice, afterOffset));
  }

  @Override
  public Source<String, NotUsed> persistenceIds(String entityType) {
    return source(open -> open.log().persistenceIds(entityType));
  }

  @Override
  public CompletionStage<Optional<StoredValue>> get(String persistenceId) {
    return stage(open -> open.values().get(persistenceId));
  }

  @Override
  public CompletionStage<Void> put(String persistenceId, StoredValue value) {
    return stage(open -> open.values().put(persistenceId, value));
  }

  @Override
  public CompletionStage<Optional<StoredSnapshot>> latest(Selection among) {
    return stage(open -> open.snapshots().latest(among));
  }

  @Override
  public CompletionStage<Void> save(String persistenceId, StoredSnapshot snapshot) {
    return stage(open -> open.snapshots().save(persistenceId, snapshot));
  }

  @Override
  public CompletionStage<Void> delete(Selection which) {
    return stage(open -> open.snapshots().delete(which));
  }
}
