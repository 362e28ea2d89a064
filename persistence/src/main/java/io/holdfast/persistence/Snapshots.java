// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import io.holdfast.storage.v1.StoredSnapshot;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Saves and loads snapshots. A snapshot only shortens a recovery: the events stay. */
public interface Snapshots {

  /**
   * The saved snapshot with the highest sequence number, if there is any. Fails with a {@link
   * StoreException} when it cannot be read.
   */
  CompletionStage<Optional<StoredSnapshot>> latest(String persistenceId);

  /** Completes once the snapshot is saved. Older ones may be let go from then on. */
  CompletionStage<Void> save(String persistenceId, StoredSnapshot snapshot);
}
