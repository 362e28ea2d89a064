// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

/**
 * Decides what becomes of a command. Usually a method reference, {@code CartEntity::addItem}.
 *
 * <p>What it throws fails the command and restarts the entity from its stored events; to turn a
 * command down, return a refusal instead.
 *
 * @param <T> the entity
 * @param <S> its state
 * @param <C> the command, the rpc's input
 * @param <R> the reply, the rpc's output
 */
@FunctionalInterface
public interface CommandHandler<T, S, C, R> {

  Effect<R> handle(T entity, S state, C command) throws Exception;

  /** A handler that also wants to know the circumstances. */
  @FunctionalInterface
  interface WithContext<T, S, C, R> {

    Effect<R> handle(T entity, S state, C command, CommandContext context) throws Exception;
  }
}
