// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.action;

/**
 * Answers calls of one rpc. Usually a method reference, {@code Orders::place}. What it throws fails
 * the call; to turn a call down, return a refusal instead.
 *
 * @param <T> the action
 * @param <I> what comes: a message, or {@link Elements} where the client streams
 * @param <O> what is answered: an effect, a stage of one where the client streams, or a publisher
 *     of effects where the answer streams
 */
@FunctionalInterface
public interface ActionHandler<T, I, O> {

  O handle(T action, I input) throws Exception;

  /** A handler that also wants to know the circumstances. */
  @FunctionalInterface
  interface WithContext<T, I, O> {

    O handle(T action, I input, ActionContext context) throws Exception;
  }
}
