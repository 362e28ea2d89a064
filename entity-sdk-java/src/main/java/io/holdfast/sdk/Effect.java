// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a command handler wants done. A handler only describes; events are stored and replies sent
 * after it has returned. Made by the methods of {@link EventSourcedEntity}.
 *
 * @param <R> the reply
 */
public sealed interface Effect<R> permits Effect.Persist, ReadOnlyEffect {

  /**
   * Store the events in order, all or none, then reply from the state they produce. The client sees
   * the reply only once they are stored. With no events it is a plain reply.
   *
   * @param reply what to answer; empty to send nothing
   * @param <S> the entity's state
   * @param <E> the entity's events
   */
  record Persist<S, E, R>(List<E> events, Function<? super S, Optional<R>> reply)
      implements Effect<R> {
    public Persist {
      events = List.copyOf(events);
      Objects.requireNonNull(reply, "reply");
    }
  }
}
