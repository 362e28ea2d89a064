// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import com.google.protobuf.Empty;
import io.grpc.Status;
import java.util.List;

/**
 * An entity whose state is the sum of its events. Command handlers are ordinary methods of the
 * implementing class, named in {@link EventSourced#on}; they take the state and the command and
 * return an effect, best made by the methods here.
 *
 * <p>Keep no state in fields: state and events are immutable values, and a handler that throws must
 * leave nothing behind. One object serves one activated entity, one call at a time.
 *
 * @param <S> the state: a record or a protobuf message
 * @param <E> the events: a sealed interface of records, or protobuf messages
 */
public interface EventSourcedEntity<S, E> {

  /** The state before the first event. */
  S emptyState();

  /**
   * The state once the event has happened. Also called for every stored event when the entity comes
   * back to memory, so it must depend on nothing but its arguments, and must not fail.
   */
  S onEvent(S state, E event);

  /** Stores one event, then replies. */
  default Persisting<S, E> persist(E event) {
    return new Persisting<>(List.of(event));
  }

  /** Stores the events in order, all or none, then replies. No events: just replies. */
  default Persisting<S, E> persistAll(List<? extends E> events) {
    return new Persisting<>(events);
  }

  /** Answers, and changes nothing. */
  default <R> ReadOnlyEffect<R> reply(R message) {
    return new ReadOnlyEffect.Reply<>(message);
  }

  /**
   * Turns the command down: the client's call ends with this status and message.
   *
   * @throws IllegalArgumentException if the code is OK
   */
  default <R> ReadOnlyEffect<R> refuse(Status.Code code, String message) {
    return new ReadOnlyEffect.Refuse<>(code, message);
  }

  /** Changes nothing and says nothing. The client gets an empty message. */
  default ReadOnlyEffect<Empty> nothing() {
    return new ReadOnlyEffect.Nothing<>();
  }
}
