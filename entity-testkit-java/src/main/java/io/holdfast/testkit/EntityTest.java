// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.holdfast.sdk.Change;
import io.holdfast.sdk.CommandHandler;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.EventSourced;
import io.holdfast.sdk.EventSourcedEntity;
import io.holdfast.sdk.Metadata;
import io.holdfast.sdk.Value;
import io.holdfast.sdk.ValueEntity;
import io.holdfast.sdk.crdt.Crdt;
import io.holdfast.sdk.definition.EventSourcedDefinition;
import io.holdfast.sdk.replicated.Replicated;
import io.holdfast.sdk.replicated.ReplicatedEntity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One event-sourced entity at some point of its life, for tests:
 *
 * <pre>{@code
 * var result = EntityTest.of(Main.cart())
 *     .given(new ItemAdded("tea", 2))
 *     .when(CartEntity::addItem, AddItemRequest.newBuilder()...build());
 * assertThat(result.events()).containsExactly(new ItemAdded("tea", 3));
 * }</pre>
 *
 * <p>Every command, event, state and reply goes through its bytes and back on the way, and the test
 * fails at the first that does not survive. Immutable: one given may start many tests. Each command
 * is handled by a new object, so that what an entity hides in its fields does not count.
 *
 * @param <T> the entity
 * @param <S> its state
 * @param <E> its events
 */
public final class EntityTest<T extends EventSourcedEntity<S, E>, S, E> {

  private final EventSourcedDefinition<T, S, E> definition;
  private final Subject<T, S> subject;

  private EntityTest(EventSourcedDefinition<T, S, E> definition, Subject<T, S> subject) {
    this.definition = definition;
    this.subject = subject;
  }

  /**
   * An entity to which nothing has happened.
   *
   * @throws io.holdfast.sdk.FunctionException if the function could not start with this description
   */
  public static <T extends EventSourcedEntity<S, E>, S, E> EntityTest<T, S, E> of(
      EventSourced<T, S, E> description) {
    var definition = description.define();
    return new EntityTest<>(definition, Subject.of(definition.common()));
  }

  /**
   * An entity of which no value is stored.
   *
   * @throws io.holdfast.sdk.FunctionException if the function could not start with this description
   */
  public static <T extends ValueEntity<S>, S> ValueEntityTest<T, S> of(Value<T, S> description) {
    return new ValueEntityTest<>(Subject.of(description.define().common()));
  }

  /**
   * An entity to which nobody has written, on any node.
   *
   * @throws io.holdfast.sdk.FunctionException if the function could not start with this description
   */
  public static <T extends ReplicatedEntity<S>, S extends Crdt> ReplicatedEntityTest<T, S> of(
      Replicated<T, S> description) {
    return ReplicatedEntityTest.untouched(description.define());
  }

  /** The entity after these events too. */
  @SafeVarargs
  public final EntityTest<T, S, E> given(E... events) {
    var history = new ArrayList<E>();
    for (E event : events) {
      history.add(event);
    }
    return after(history);
  }

  /** The entity in that state, whatever has happened before. */
  public EntityTest<T, S, E> givenState(S state) {
    return new EntityTest<>(definition, subject.withState(state, subject.sequence()));
  }

  /**
   * The entity after an event that was stored as JSON by an older version of the function: for
   * tests of upgrades.
   *
   * @param name the name under which it was stored
   */
  public EntityTest<T, S, E> givenStored(String name, String json) {
    return after(List.of(definition.events().decode(Subject.stored(name, json))));
  }

  /**
   * The entity with a state that was saved as JSON by an older version of the function: for tests
   * of upgrades of snapshots. One that cannot be read fails the test; in service it would be passed
   * over for the events behind it.
   *
   * @param name the name under which it was stored
   * @throws IllegalStateException if the entity is described {@code withoutSnapshots()}, which
   *     reads none
   */
  public EntityTest<T, S, E> givenStoredState(String name, String json) {
    if (definition.withoutSnapshots()) {
      throw new IllegalStateException("an entity withoutSnapshots() reads no state that was saved");
    }
    return givenState(definition.common().states().decode(Subject.stored(name, json)));
  }

  /** The same with another id, for handlers that ask for it. */
  public EntityTest<T, S, E> withId(String id) {
    return new EntityTest<>(definition, subject.withId(id));
  }

  /** The same with request headers on the commands to come. */
  public EntityTest<T, S, E> withMetadata(Map<String, String> headers) {
    return withMetadata(Metadata.of(headers));
  }

  /** The same with request headers on the commands to come. */
  public EntityTest<T, S, E> withMetadata(Metadata headers) {
    return new EntityTest<>(definition, subject.withMetadata(headers));
  }

  /** The state at this point. */
  public S state() {
    return subject.state();
  }

  /** What comes of that command, sent to that rpc. */
  public <C extends Message, R extends Message> CommandResult<T, S, E, R> when(
      MethodDescriptor<C, R> rpc, C command) {
    return result(subject.handle(rpc, command));
  }

  /** What comes of that command, given to that handler: {@code CartEntity::addItem}. */
  public <C extends Message, R extends Message> CommandResult<T, S, E, R> when(
      CommandHandler<? super T, ? super S, C, R> handler, C command) {
    return result(subject.handle(handler, command));
  }

  /** What comes of that command, given to that handler with its context. */
  public <C extends Message, R extends Message> CommandResult<T, S, E, R> when(
      CommandHandler.WithContext<? super T, ? super S, C, R> handler, C command) {
    return result(subject.handle(handler, command));
  }

  private <R extends Message> CommandResult<T, S, E, R> result(Effect<R> effect) {
    List<E> events = events(effect);
    var after = after(events);
    return new CommandResult<>(Ending.of(effect, after.state()), events, after);
  }

  @SuppressWarnings("unchecked") // Of what is none of its events, the bytes cannot be made.
  private List<E> events(Effect<?> effect) {
    if (effect instanceof Effect.Stored<?, ?> stored) {
      if (stored.change() instanceof Change.Persist<?> persist) {
        return (List<E>) persist.events();
      }
      throw new AssertionError("an event-sourced entity stores events only: persist them");
    }
    return List.of();
  }

  private EntityTest<T, S, E> after(List<E> events) {
    var entity = definition.common().entities().get();
    var survivors = new ArrayList<E>();
    events.forEach(event -> survivors.add(Survival.stored("event", event, definition.events())));
    S now = subject.state();
    for (E event : survivors) {
      now =
          Objects.requireNonNull(
              entity.onEvent(now, event), () -> "onEvent returned null for " + event);
    }
    return new EntityTest<>(definition, subject.withState(now, subject.sequence() + events.size()));
  }
}
