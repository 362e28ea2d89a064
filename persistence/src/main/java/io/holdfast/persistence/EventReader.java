// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import akka.NotUsed;
import akka.stream.javadsl.Source;
import io.holdfast.storage.v1.StoredEvent;

/** Reads the stored events of one entity at its reader's pace. */
public interface EventReader {

  /**
   * The events from {@code fromSequence} to {@code toSequence}, both included, in order and without
   * gaps, except for those that were deleted. Holds only a bounded number of them in memory. Fails
   * with a {@link StoreException} when one cannot be read or its checksum does not fit; what was
   * emitted before is right.
   */
  Source<StoredEvent, NotUsed> read(String persistenceId, long fromSequence, long toSequence);
}
