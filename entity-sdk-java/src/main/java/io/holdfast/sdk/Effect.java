// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import java.util.Objects;
import java.util.function.Function;

/**
 * What a command handler wants done. A handler only describes; changes are stored and answers sent
 * after it has returned. Made by the methods of {@link Entity} and of its kinds.
 *
 * @param <R> the reply
 */
public sealed interface Effect<R> permits Effect.Stored, ReadOnlyEffect {

  /**
   * Store the change, then answer from the state that it produces.
   *
   * @param <S> the entity's state
   */
  record Stored<S, R>(Change<S> change, Function<? super S, ? extends Answer<R>> answer)
      implements Effect<R> {
    public Stored {
      Objects.requireNonNull(change, "change");
      Objects.requireNonNull(answer, "answer");
    }
  }
}
