// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.journal;

import io.holdfast.persistence.GroupSizes;
import io.holdfast.persistence.journal.Heads.Head;
import io.holdfast.persistence.plugin.Outcome;
import io.holdfast.persistence.record.EventRecords;
import io.holdfast.persistence.record.RecordBatch;
import io.holdfast.persistence.record.Records;
import io.holdfast.persistence.record.ValueRecords;
import io.holdfast.storage.v1.StoredEvent;
import io.holdfast.storage.v1.StoredValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The writes that will be stored together. Belongs to the writer's thread. */
final class Group {

  private final Records records;
  private final GroupSizes sizes;
  private final List<Heads> heads;
  private final RecordBatch batch = new RecordBatch();
  // Goes behind everything else: a run of ascending keys is far cheaper to insert than the same
  // keys one at a time between others.
  private final RecordBatch log = new RecordBatch();
  private final List<Outcome> waiting = new ArrayList<>();
  private final List<Head> touched = new ArrayList<>();

  /**
   * @param sizes is told of each commit
   * @param heads what is remembered about entities, and no longer true after a failure
   */
  Group(Records records, GroupSizes sizes, Heads... heads) {
    this.records = records;
    this.sizes = sizes;
    this.heads = List.of(heads);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  int sizeBytes() {
    return batch.sizeBytes() + log.sizeBytes();
  }

  /** Adds an event that comes right after the head. */
  void append(Head head, StoredEvent event) {
    // An offset is the number of the operation that stores the event: it needs no counter on disk.
    long offset = records.operations() + batch.count() + 1;
    head.lastNumber++;
    EventRecords.append(batch, log, head.keys, head.lastNumber, offset, event);
  }

  /** Adds a value whose revision comes right after the head. */
  void put(Head head, StoredValue value) {
    head.lastNumber++;
    ValueRecords.put(batch, head.keys, value);
  }

  /** To be called once for each write, before {@link #append} or {@link #put} is. */
  void await(Head head, Outcome outcome) {
    head.waiting = true;
    touched.add(head);
    waiting.add(outcome);
  }

  void add(Consumer<RecordBatch> more, Outcome outcome) {
    more.accept(batch);
    waiting.add(outcome);
  }

  /** Stores everything and tells everyone. */
  void commit() {
    try {
      if (!batch.isEmpty()) {
        records.commit(batch.append(log));
        sizes.stored(waiting.size());
      }
    } catch (RuntimeException e) {
      fail(e);
      return;
    }
    waiting.forEach(Outcome::stored);
    clear();
  }

  /** Gives everything up and tells everyone. */
  void fail(RuntimeException cause) {
    heads.forEach(Heads::forgetAll);
    waiting.forEach(outcome -> outcome.failed(cause));
    clear();
  }

  private void clear() {
    batch.clear();
    log.clear();
    waiting.clear();
    touched.forEach(head -> head.waiting = false);
    touched.clear();
  }
}
