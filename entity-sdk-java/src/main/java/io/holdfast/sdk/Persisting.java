// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import com.google.protobuf.Empty;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Events that are to be stored, and the question what to reply then.
 *
 * @param <S> the entity's state
 * @param <E> the entity's events
 */
public final class Persisting<S, E> {

  private final List<E> events;

  Persisting(List<? extends E> events) {
    this.events = List.copyOf(events);
  }

  /** Then answers with what is known already. */
  public <R> Effect<R> thenReply(R reply) {
    Optional<R> answer = Optional.of(reply);
    return new Effect.Persist<S, E, R>(events, state -> answer);
  }

  /** Then answers from the state that the events have produced. */
  public <R> Effect<R> thenReplyFrom(Function<? super S, ? extends R> reply) {
    Objects.requireNonNull(reply, "reply");
    return new Effect.Persist<S, E, R>(events, state -> Optional.of(reply.apply(state)));
  }

  /** Then says nothing. The client gets an empty message. */
  public Effect<Empty> thenNothing() {
    return new Effect.Persist<S, E, Empty>(events, state -> Optional.empty());
  }
}
