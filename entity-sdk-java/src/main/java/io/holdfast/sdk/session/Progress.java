// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.session;

import io.holdfast.sdk.Entity;
import java.util.Objects;

/**
 * How far an entity has come.
 *
 * @param sequence the number of the last event in the state; 0 before the first
 */
record Progress<T extends Entity<S>, S>(T entity, S state, long sequence) {

  Progress {
    Objects.requireNonNull(entity, "the entity's supplier returned null");
    Objects.requireNonNull(state, () -> entity.getClass().getSimpleName() + " has no state: null");
    if (sequence < 0) {
      throw new IllegalArgumentException("sequence must not be negative: " + sequence);
    }
  }

  Progress<T, S> to(S state, long sequence) {
    return new Progress<>(entity, state, sequence);
  }
}
