// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.definition;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.holdfast.sdk.Change;
import io.holdfast.sdk.Entity;
import java.time.Duration;
import java.util.Optional;

/**
 * One kind of entity, complete and consistent: what all have, and the few things that differ.
 *
 * @param <T> the entity
 * @param <S> its state
 */
public sealed interface EntityDefinition<T extends Entity<S>, S> extends ServiceDefinition
    permits EventSourcedDefinition, ValueDefinition {

  Common<T, S> common();

  /** The state with one more of the events that are stored. */
  S replay(T entity, S state, Any event);

  /**
   * The state after a change, and what is to be written for it.
   *
   * @param sequence the number of the last event in the state
   * @throws IllegalStateException if entities of this kind do not change like that
   */
  Kept<S> keep(T entity, S state, long sequence, Change<?> change);

  @Override
  default ServiceDescriptor service() {
    return common().service();
  }

  @Override
  default String persistenceId() {
    return common().persistenceId();
  }

  @Override
  default Optional<Duration> passivateAfter() {
    return common().passivateAfter();
  }
}
