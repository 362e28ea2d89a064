// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.replicated;

import io.holdfast.sdk.CommandContext;

/**
 * Decides what becomes of a command. Usually a method reference, {@code Room::enter}. What it
 * throws fails the command, and its changes of the state are taken back.
 *
 * @param <T> the entity
 * @param <S> its state
 * @param <C> the command
 * @param <O> what is answered: a {@link ReplicatedEffect}, or a {@link ReplicatedStream} where the
 *     answer streams
 */
@FunctionalInterface
public interface ReplicatedHandler<T, S, C, O> {

  O handle(T entity, S state, C command) throws Exception;

  /** A handler that also wants to know the circumstances; sequence numbers are 0. */
  @FunctionalInterface
  interface WithContext<T, S, C, O> {

    O handle(T entity, S state, C command, CommandContext context) throws Exception;
  }
}
