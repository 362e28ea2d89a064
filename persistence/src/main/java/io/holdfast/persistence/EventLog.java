// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import akka.NotUsed;
import akka.stream.javadsl.Source;
import io.holdfast.storage.v1.StoredEvent;

/**
 * The events of all entities of one type, in the order in which they were stored. Every entity
 * belongs to one of {@link #SLICES} slices, so that consumers can share the work.
 */
public interface EventLog {

  /** Slices are numbered from 0; which one an entity is in never changes. */
  int SLICES = 1024;

  /**
   * The events of the slices from {@code fromSlice} to {@code toSlice}, both included, that were
   * stored after {@code afterOffset} (0 for all) and are not deleted. Ends with what is stored when
   * the reader gets there; run it again from the last offset for more. Offsets grow, with gaps, and
   * no event ever appears behind one that was read: a store with several writers leaves events to a
   * later run while older writes are under way. Holds only a bounded number of events in memory.
   * Fails as {@link EventReader} does.
   */
  Source<LoggedEvent, NotUsed> bySlices(
      String entityType, int fromSlice, int toSlice, long afterOffset);

  /** The ids of all entities of the type that have, or had, events; sorted by code point. */
  Source<String, NotUsed> persistenceIds(String entityType);

  /**
   * An event and its place.
   *
   * @param offset where it stands among all events of the store
   */
  record LoggedEvent(long offset, String persistenceId, StoredEvent event) {}
}
