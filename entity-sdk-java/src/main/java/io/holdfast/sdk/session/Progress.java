// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.session;

import io.holdfast.sdk.EventSourcedEntity;
import java.util.List;
import java.util.Objects;

/**
 * How far an entity has come.
 *
 * @param sequence the number of the last event in the state; 0 before the first
 */
record Progress<T extends EventSourcedEntity<S, E>, S, E>(T entity, S state, long sequence) {

  Progress {
    Objects.requireNonNull(entity, "the entity's supplier returned null");
    Objects.requireNonNull(state, () -> entity.getClass().getSimpleName() + " has no state: null");
    if (sequence < 0) {
      throw new IllegalArgumentException("sequence must not be negative: " + sequence);
    }
  }

  Progress<T, S, E> after(E event) {
    return new Progress<>(entity, entity.onEvent(state, event), sequence + 1);
  }

  Progress<T, S, E> after(List<E> events) {
    var progress = this;
    for (E event : events) {
      progress = progress.after(event);
    }
    return progress;
  }
}
