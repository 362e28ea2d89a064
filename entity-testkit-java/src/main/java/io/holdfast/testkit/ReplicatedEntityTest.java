// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.sdk.CommandContext;
import io.holdfast.sdk.Metadata;
import io.holdfast.sdk.crdt.Crdt;
import io.holdfast.sdk.crdt.Replica;
import io.holdfast.sdk.replicated.ReplicatedDefinition;
import io.holdfast.sdk.replicated.ReplicatedEffect;
import io.holdfast.sdk.replicated.ReplicatedEntity;
import io.holdfast.sdk.replicated.ReplicatedHandler;
import io.holdfast.sdk.replicated.ReplicatedStream;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * One replicated entity at some point of its life, for tests: what {@link EntityTest} is for
 * event-sourced ones. Made by {@link EntityTest#of(io.holdfast.sdk.replicated.Replicated)}.
 *
 * <pre>{@code
 * var stream = EntityTest.of(Main.room())
 *     .given(room -> room.add("ann"))
 *     .whenStreamed(RoomsGrpc.getJoinMethod(), join("bob"));
 * assertThat(stream.whenCancelled().state().elements()).containsExactly("ann");
 * }</pre>
 *
 * <p>State, commands and replies go through their bytes and back on the way. Immutable: one given
 * may start many tests. Each command is handled by a new object.
 *
 * @param <T> the entity
 * @param <S> its state
 */
public final class ReplicatedEntityTest<T extends ReplicatedEntity<S>, S extends Crdt> {

  private final ReplicatedDefinition<T, S> definition;
  private final CrdtDelta state;
  private final String entityId;
  private final Metadata metadata;

  private ReplicatedEntityTest(
      ReplicatedDefinition<T, S> definition, CrdtDelta state, String entityId, Metadata metadata) {
    this.definition = definition;
    this.state = state;
    this.entityId = entityId;
    this.metadata = metadata;
  }

  static <T extends ReplicatedEntity<S>, S extends Crdt> ReplicatedEntityTest<T, S> untouched(
      ReplicatedDefinition<T, S> definition) {
    var empty = new Replica<>(definition.entities().get().emptyState());
    return new ReplicatedEntityTest<>(definition, empty.everything(), "test", Metadata.empty());
  }

  /** The entity after somebody, here or on another node, has made that change. */
  public ReplicatedEntityTest<T, S> given(Consumer<? super S> change) {
    S changed = state();
    change.accept(changed);
    return with(new Replica<>(changed).everything());
  }

  /** The same with another id, for handlers that ask for it. */
  public ReplicatedEntityTest<T, S> withId(String id) {
    return new ReplicatedEntityTest<>(definition, state, id, metadata);
  }

  /** The same with request headers on the commands to come. */
  public ReplicatedEntityTest<T, S> withMetadata(Map<String, String> headers) {
    return withMetadata(Metadata.of(headers));
  }

  /** The same with request headers on the commands to come. */
  public ReplicatedEntityTest<T, S> withMetadata(Metadata headers) {
    return new ReplicatedEntityTest<>(definition, state, entityId, headers);
  }

  private ReplicatedEntityTest<T, S> with(CrdtDelta now) {
    return new ReplicatedEntityTest<>(definition, now, entityId, metadata);
  }

  /** The state at this point; a copy. */
  public S state() {
    var copy = new Replica<>(definition.entities().get().emptyState());
    copy.merge(state);
    return copy.state();
  }

  /** What comes of that command, sent to that unary rpc. */
  public <C extends Message, R extends Message> ReplicatedResult<T, S, R> when(
      MethodDescriptor<C, R> rpc, C command) {
    return whenStreamed(rpc, command).first();
  }

  /** What comes of that command, given to that handler: {@code Room::enter}. */
  public <C extends Message, R extends Message> ReplicatedResult<T, S, R> when(
      ReplicatedHandler<? super T, ? super S, C, ReplicatedEffect<R>> handler, C command) {
    return when(
        (T entity, S now, C sent, CommandContext context) -> handler.handle(entity, now, sent),
        command);
  }

  /** What comes of that command, given to that handler with its context. */
  public <C extends Message, R extends Message> ReplicatedResult<T, S, R> when(
      ReplicatedHandler.WithContext<? super T, ? super S, C, ReplicatedEffect<R>> handler,
      C command) {
    var now = new Replica<>(state());
    return result(now, handle("test", handler, now, command));
  }

  /** The stream that comes of that command, sent to that rpc. */
  public <C extends Message, R extends Message> StreamedResult<T, S, R> whenStreamed(
      MethodDescriptor<C, R> rpc, C command) {
    if (!definition.serviceName().equals(rpc.getServiceName())) {
      throw new AssertionError(
          "%s is no rpc of %s".formatted(rpc.getFullMethodName(), definition.serviceName()));
    }
    String name = Objects.requireNonNull(rpc.getBareMethodName());
    var type = Objects.requireNonNull(definition.rpcs().get(name), name);
    @SuppressWarnings("unchecked") // The description has it for just this rpc.
    var handler =
        (ReplicatedHandler.WithContext<T, S, C, ReplicatedStream<S, R>>) (Object) type.handler();
    return streamed(name, handler, command);
  }

  /** The stream that comes of that command, given to that handler: {@code Room::join}. */
  public <C extends Message, R extends Message> StreamedResult<T, S, R> whenStreamed(
      ReplicatedHandler<? super T, ? super S, C, ReplicatedStream<S, R>> handler, C command) {
    return whenStreamed(
        (T entity, S now, C sent, CommandContext context) -> handler.handle(entity, now, sent),
        command);
  }

  /** The stream that comes of that command, given to that handler with its context. */
  public <C extends Message, R extends Message> StreamedResult<T, S, R> whenStreamed(
      ReplicatedHandler.WithContext<? super T, ? super S, C, ReplicatedStream<S, R>> handler,
      C command) {
    return streamed("test", handler, command);
  }

  private <C extends Message, R extends Message> StreamedResult<T, S, R> streamed(
      String rpc,
      ReplicatedHandler.WithContext<? super T, ? super S, C, ReplicatedStream<S, R>> handler,
      C command) {
    var now = new Replica<>(state());
    var stream = handle(rpc, handler, now, command);
    var first = result(now, stream.first());
    return new StreamedResult<>(first, stream.subscription(), first.then());
  }

  private <C extends Message, O> O handle(
      String rpc,
      ReplicatedHandler.WithContext<? super T, ? super S, C, O> handler,
      Replica<S> now,
      C command) {
    var sent = Survival.sent("command", command);
    var context = new CommandContext(entityId, rpc, 0, metadata);
    O answer;
    try {
      answer = handler.handle(definition.entities().get(), now.state(), sent, context);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError("the handler of " + rpc + " threw " + e, e);
    }
    if (answer == null) {
      throw new AssertionError("the handler returned no effect: null");
    }
    return answer;
  }

  private <R extends Message> ReplicatedResult<T, S, R> result(
      Replica<S> now, ReplicatedEffect<R> effect) {
    if (effect.deletes()) {
      return new ReplicatedResult<>(effect, true, untouched(definition));
    }
    var refused = Ending.of(effect.answer()).refusal() != null;
    var changed = !refused && now.changes().isPresent();
    return new ReplicatedResult<>(effect, changed, changed ? with(now.everything()) : this);
  }
}
