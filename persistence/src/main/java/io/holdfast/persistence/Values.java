// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import io.holdfast.storage.v1.StoredValue;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Keeps the newest value of each value entity. */
public interface Values {

  /**
   * What the newest write left, a deletion's mark included; empty when there never was one. Fails
   * with a {@link StoreException} when it cannot be read.
   */
  CompletionStage<Optional<StoredValue>> get(String persistenceId);

  /**
   * Puts a value in the place of the one before. Completes once it is durable, never before.
   *
   * <p>Its revision must be one more than that of what is stored, 1 if that is nothing. Otherwise
   * someone else has written meanwhile: it fails with a {@link WriteRefusedException} and changes
   * nothing. After any other failure the value may or may not be stored.
   */
  CompletionStage<Void> put(String persistenceId, StoredValue value);
}
