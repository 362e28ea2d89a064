// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

/**
 * What entities with a stored state can do. Command handlers are ordinary methods of the
 * implementing class; they take the state and the command and return an effect, best made by the
 * methods here and in {@link EventSourcedEntity} and {@link ValueEntity}.
 *
 * <p>Keep no state in fields: the state is an immutable value, and a handler that throws must leave
 * nothing behind. One object serves one activated entity, one call at a time.
 *
 * @param <S> the state: a record or a protobuf message
 */
public sealed interface Entity<S> extends Answers permits EventSourcedEntity, ValueEntity {

  /** The state as long as nothing is stored. */
  S emptyState();
}
