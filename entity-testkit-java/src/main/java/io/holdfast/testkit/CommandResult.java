// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import com.google.protobuf.Message;
import io.holdfast.sdk.EventSourcedEntity;
import java.util.List;

/**
 * What came of one command to an event-sourced entity.
 *
 * @param <T> the entity
 * @param <S> its state
 * @param <E> its events
 * @param <R> the reply
 */
public final class CommandResult<T extends EventSourcedEntity<S, E>, S, E, R extends Message>
    extends Outcome<R> {

  private final List<E> events;
  private final EntityTest<T, S, E> after;

  CommandResult(Ending<R> ending, List<E> events, EntityTest<T, S, E> after) {
    super(ending);
    this.events = List.copyOf(events);
    this.after = after;
  }

  /** The events that are stored, in order. None when the command was refused. */
  public List<E> events() {
    return events;
  }

  /** The state afterwards. */
  public S state() {
    return after.state();
  }

  /** The entity afterwards, for the next command. */
  public EntityTest<T, S, E> then() {
    return after;
  }

  @Override
  public String toString() {
    return text() + ", events: " + events;
  }
}
