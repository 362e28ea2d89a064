// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.journal;

import akka.NotUsed;
import akka.japi.Pair;
import akka.stream.OverflowStrategy;
import akka.stream.javadsl.Source;
import io.holdfast.persistence.EventReader;
import io.holdfast.persistence.record.EntityKeys;
import io.holdfast.persistence.record.EventRecords;
import io.holdfast.persistence.record.EventRecords.Chunk;
import io.holdfast.persistence.record.EventRecords.ChunkSize;
import io.holdfast.persistence.record.Records;
import io.holdfast.storage.v1.StoredEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Streams events chunk by chunk, and reads the next chunk while one is on its way. */
final class RecordEventReader implements EventReader {

  private static final ChunkSize FIRST = new ChunkSize(64, 256 * 1024);
  private static final ChunkSize LATER = new ChunkSize(512, 512 * 1024);

  private final EventRecords events;
  private final Executor reads;

  RecordEventReader(Records records, Executor reads) {
    this.events = new EventRecords(records);
    this.reads = reads;
  }

  @Override
  public Source<StoredEvent, NotUsed> read(
      String persistenceId, long fromSequence, long toSequence) {
    var keys = new EntityKeys(persistenceId);
    var start = new Place(Math.max(fromSequence, 1), FIRST, true);
    return Source.unfoldAsync(start, place -> next(keys, place, toSequence))
        .buffer(1, OverflowStrategy.backpressure())
        .mapConcat(chunk -> chunk);
  }

  private CompletionStage<Optional<Pair<Place, List<StoredEvent>>>> next(
      EntityKeys keys, Place place, long toSequence) {
    if (!place.more()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    return CompletableFuture.supplyAsync(
        () -> {
          Chunk chunk = events.read(keys, place.sequence(), toSequence, place.size());
          var after = new Place(chunk.next(), LATER, chunk.more());
          return Optional.of(Pair.create(after, chunk.events()));
        },
        reads);
  }

  private record Place(long sequence, ChunkSize size, boolean more) {}
}
