// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.holdfast.sdk.CommandContext;
import io.holdfast.sdk.CommandHandler;
import io.holdfast.sdk.Effect;
import io.holdfast.sdk.EventSourced;
import io.holdfast.sdk.EventSourcedEntity;
import io.holdfast.sdk.Metadata;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.definition.EntityDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One entity at some point of its life, for tests:
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

  private final EntityDefinition<T, S, E> definition;
  private final S state;
  private final long sequence;
  private final String entityId;
  private final Metadata metadata;

  private EntityTest(
      EntityDefinition<T, S, E> definition,
      S state,
      long sequence,
      String entityId,
      Metadata metadata) {
    this.definition = definition;
    this.state = Survival.stored("state", state, definition.states());
    this.sequence = sequence;
    this.entityId = entityId;
    this.metadata = metadata;
  }

  /**
   * An entity to which nothing has happened.
   *
   * @throws io.holdfast.sdk.FunctionException if the function could not start with this description
   */
  public static <T extends EventSourcedEntity<S, E>, S, E> EntityTest<T, S, E> of(
      EventSourced<T, S, E> description) {
    var definition = description.define();
    return new EntityTest<>(
        definition, definition.entities().get().emptyState(), 0, "test", Metadata.empty());
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
    return new EntityTest<>(definition, state, sequence, entityId, metadata);
  }

  /**
   * The entity after an event that was stored as JSON by an older version of the function: for
   * tests of upgrades.
   *
   * @param name the name under which it was stored
   */
  public EntityTest<T, S, E> givenStored(String name, String json) {
    var stored =
        Any.newBuilder()
            .setTypeUrl("json.cloudstate.io/" + name)
            // A message with one field of bytes, field 1.
            .setValue(BytesValue.of(ByteString.copyFromUtf8(json)).toByteString());
    return after(List.of(definition.events().decode(stored.build())));
  }

  /** The same with another id, for handlers that ask for it. */
  public EntityTest<T, S, E> withId(String id) {
    return new EntityTest<>(definition, state, sequence, id, metadata);
  }

  /** The same with request headers on the commands to come. */
  public EntityTest<T, S, E> withMetadata(Map<String, String> headers) {
    return new EntityTest<>(definition, state, sequence, entityId, Metadata.of(headers));
  }

  /** The state at this point. */
  public S state() {
    return state;
  }

  /** What comes of that command, sent to that rpc. */
  public <C extends Message, R extends Message> CommandResult<T, S, E, R> when(
      MethodDescriptor<C, R> rpc, C command) {
    if (!definition.serviceName().equals(rpc.getServiceName())) {
      throw new AssertionError(
          "%s is no rpc of %s".formatted(rpc.getFullMethodName(), definition.serviceName()));
    }
    String name = Objects.requireNonNull(rpc.getBareMethodName());
    var type = Objects.requireNonNull(definition.commands().get(name), name);
    @SuppressWarnings("unchecked") // The description has it for just this rpc.
    var handler = (CommandHandler.WithContext<T, S, C, R>) (Object) type.handler();
    return run(name, handler, command);
  }

  /** What comes of that command, given to that handler: {@code CartEntity::addItem}. */
  public <C extends Message, R extends Message> CommandResult<T, S, E, R> when(
      CommandHandler<? super T, ? super S, C, R> handler, C command) {
    return run(
        "test",
        (T entity, S now, C sent, CommandContext context) -> handler.handle(entity, now, sent),
        command);
  }

  /** What comes of that command, given to that handler with its context. */
  public <C extends Message, R extends Message> CommandResult<T, S, E, R> when(
      CommandHandler.WithContext<? super T, ? super S, C, R> handler, C command) {
    return run("test", handler, command);
  }

  private <C extends Message, R extends Message> CommandResult<T, S, E, R> run(
      String rpc, CommandHandler.WithContext<? super T, ? super S, C, R> handler, C command) {
    var context = new CommandContext(entityId, rpc, sequence, metadata);
    var sent = Survival.sent("command", command);
    Effect<R> effect;
    try {
      effect = handler.handle(definition.entities().get(), state, sent, context);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("the handler of " + rpc + " threw " + e, e);
    }
    return result(effect);
  }

  private <R extends Message> CommandResult<T, S, E, R> result(Effect<R> effect) {
    if (effect instanceof Effect.Persist<?, ?, R> persist) {
      @SuppressWarnings("unchecked") // Only the entity's own persist methods make these.
      var own = (Effect.Persist<S, E, R>) persist;
      var after = after(own.events());
      var reply = own.reply().apply(after.state).map(message -> Survival.sent("reply", message));
      return new CommandResult<>(own.events(), reply.orElse(null), null, after);
    } else if (effect instanceof ReadOnlyEffect.Reply<R> reply) {
      return new CommandResult<>(List.of(), Survival.sent("reply", reply.message()), null, this);
    } else if (effect instanceof ReadOnlyEffect.Refuse<R> refuse) {
      var refusal = new Refusal(refuse.code(), refuse.message());
      return new CommandResult<>(List.of(), null, refusal, this);
    } else if (effect instanceof ReadOnlyEffect.Nothing<R>) {
      return new CommandResult<>(List.of(), null, null, this);
    }
    throw new AssertionError("the handler returned no effect: null");
  }

  private EntityTest<T, S, E> after(List<E> events) {
    var entity = definition.entities().get();
    var survivors = new ArrayList<E>();
    events.forEach(event -> survivors.add(Survival.stored("event", event, definition.events())));
    S now = state;
    for (E event : survivors) {
      now =
          Objects.requireNonNull(
              entity.onEvent(now, event), () -> "onEvent returned null for " + event);
    }
    return new EntityTest<>(definition, now, sequence + events.size(), entityId, metadata);
  }
}
