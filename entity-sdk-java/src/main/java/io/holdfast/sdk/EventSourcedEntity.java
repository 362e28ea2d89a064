// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import java.util.List;
import java.util.Objects;

/**
 * An entity whose state is the sum of its events. Its handlers are named in {@link
 * EventSourced#on}.
 *
 * @param <S> the state: a record or a protobuf message
 * @param <E> the events: a sealed interface of records, or protobuf messages
 */
public non-sealed interface EventSourcedEntity<S, E> extends Entity<S> {

  /**
   * The state once the event has happened. Also called for every stored event when the entity comes
   * back to memory, so it must depend on nothing but its arguments, and must not fail.
   */
  S onEvent(S state, E event);

  /** Stores one event, then answers. */
  default Change<S> persist(E event) {
    return new Change.Persist<>(
        List.of(
            Objects.requireNonNull(
                event, "persist(null): there is no event to store; reply(…) stores nothing")));
  }

  /** Stores the events in order, all or none, then answers. No events: just answers. */
  default Change<S> persistAll(List<? extends E> events) {
    Objects.requireNonNull(events, "persistAll(null): an empty list stores nothing");
    int place = 0;
    for (E event : events) {
      if (event == null) {
        throw new NullPointerException("persistAll(…): the event at index " + place + " is null");
      }
      place++;
    }
    return new Change.Persist<>(events);
  }
}
