// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.replicated;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServiceDescriptor;
import io.holdfast.sdk.CommandContext;
import io.holdfast.sdk.FunctionException;
import io.holdfast.sdk.ServiceDescription;
import io.holdfast.sdk.crdt.Crdt;
import io.holdfast.sdk.crdt.Replica;
import io.holdfast.sdk.definition.EntityCheck;
import io.holdfast.sdk.definition.ServiceCheck;
import io.holdfast.sdk.wire.RpcType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Says which handler of a {@link ReplicatedEntity} serves which rpc. Mistakes are not thrown one by
 * one: starting the function lists them all.
 *
 * <p>Not for use by more than one thread.
 *
 * @param <T> the entity
 * @param <S> its state
 */
public final class Replicated<T extends ReplicatedEntity<S>, S extends Crdt>
    implements ServiceDescription {

  private final String name;
  private final ServiceDescriptor service;
  private final Supplier<T> entities;
  private final Map<String, ReplicatedRpc<T, S>> rpcs = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private Optional<Duration> passivateAfter = Optional.empty();
  private boolean neverBlocks;

  private Replicated(String name, ServiceDescriptor service, Supplier<T> entities) {
    this.name = Objects.requireNonNull(name, "name");
    this.service = Objects.requireNonNull(service, "service");
    this.entities = Objects.requireNonNull(entities, "entities");
  }

  /**
   * Begins the description of one kind of entity.
   *
   * @param name what its entities are known by among the nodes; the same in every version of the
   *     function
   * @param service what clients call, {@code RoomsGrpc.getServiceDescriptor()}
   * @param entities makes the object whose handlers are called, {@code Room::new}; once for each
   *     entity that comes to memory
   */
  public static <T extends ReplicatedEntity<S>, S extends Crdt> Replicated<T, S> entity(
      String name, ServiceDescriptor service, Supplier<T> entities) {
    return new Replicated<>(name, service, entities);
  }

  /** Commands of that unary rpc go to that handler. */
  public <C extends Message, R extends Message> Replicated<T, S> on(
      MethodDescriptor<C, R> rpc,
      ReplicatedHandler<? super T, ? super S, C, ReplicatedEffect<R>> handler) {
    Objects.requireNonNull(handler, "handler");
    return on(
        rpc,
        (T entity, S state, C command, CommandContext context) ->
            handler.handle(entity, state, command));
  }

  /** Commands of that unary rpc go to that handler, along with their circumstances. */
  public <C extends Message, R extends Message> Replicated<T, S> on(
      MethodDescriptor<C, R> rpc,
      ReplicatedHandler.WithContext<? super T, ? super S, C, ReplicatedEffect<R>> handler) {
    Objects.requireNonNull(handler, "handler");
    return this.<C, R>add(
        rpc,
        MethodType.UNARY,
        (entity, state, command, context) ->
            ReplicatedStream.once(
                Objects.requireNonNull(
                    handler.handle(entity, state, command, context), "no effect: null")));
  }

  /** Commands of that rpc, which streams to clients, go to that handler. */
  public <C extends Message, R extends Message> Replicated<T, S> onStreamedOut(
      MethodDescriptor<C, R> rpc,
      ReplicatedHandler<? super T, ? super S, C, ReplicatedStream<S, R>> handler) {
    Objects.requireNonNull(handler, "handler");
    return onStreamedOut(
        rpc,
        (T entity, S state, C command, CommandContext context) ->
            handler.handle(entity, state, command));
  }

  /**
   * Commands of that rpc, which streams to clients, go to that handler with their circumstances.
   */
  public <C extends Message, R extends Message> Replicated<T, S> onStreamedOut(
      MethodDescriptor<C, R> rpc,
      ReplicatedHandler.WithContext<? super T, ? super S, C, ReplicatedStream<S, R>> handler) {
    Objects.requireNonNull(handler, "handler");
    return this.<C, R>add(rpc, MethodType.SERVER_STREAMING, handler::handle);
  }

  /**
   * How long an entity stays in memory without commands and streams. The proxy decides when nothing
   * is said.
   */
  public Replicated<T, S> passivateAfter(Duration idle) {
    if (idle.toMillis() < 1) {
      problems.add("passivateAfter(%s): at least a millisecond".formatted(idle));
    }
    passivateAfter = Optional.of(idle);
    return this;
  }

  /**
   * Promises that no handler of this entity ever waits for anything: no files, no network, no
   * locks. They then run on the thread that reads from the network, which saves a change of threads
   * for each command. A handler that waits all the same holds up everything else of the function.
   */
  public Replicated<T, S> handlersNeverBlock() {
    neverBlocks = true;
    return this;
  }

  @SuppressWarnings("unchecked") // The rpc's type reads messages of C; replies are only written.
  private <C extends Message, R extends Message> Replicated<T, S> add(
      MethodDescriptor<C, R> rpc,
      MethodType shape,
      ReplicatedHandler.WithContext<T, S, C, ReplicatedStream<S, R>> handler) {
    RpcType.of(service, rpc, problems::add)
        .ifPresent(
            type -> {
              if (rpc.getType() != shape) {
                problems.add(ServiceCheck.misshapen(rpc));
              }
              var erased =
                  (ReplicatedHandler.WithContext<T, S, Message, ReplicatedStream<S, Message>>)
                      (Object) handler;
              boolean streams = shape == MethodType.SERVER_STREAMING;
              if (rpcs.put(type.name(), new ReplicatedRpc<>(type, streams, erased)) != null) {
                problems.add("rpc %s has two handlers".formatted(type.name()));
              }
            });
    return this;
  }

  /**
   * {@inheritDoc}
   *
   * @throws FunctionException with everything that is wrong
   */
  @Override
  public ReplicatedDefinition<T, S> define() {
    var check = new EntityCheck("entity \"" + name + "\"", problems);
    check.persistenceId(name);
    check.service(
        service, rpcs.keySet(), new ServiceCheck.Kind("a replicated entity", true, false, true));
    try {
      // What only this function knows of, others cannot be told a change of.
      if (new Replica<>(entities.get().emptyState()).changes().isPresent()) {
        check.problem("the empty state has been changed: return it as it is made");
      }
    } catch (FunctionException e) {
      e.problems().forEach(check::problem);
    }
    return check.orThrow(
        () ->
            new ReplicatedDefinition<>(
                name,
                name,
                ServiceCheck.descriptor(service).orElseThrow(),
                entities,
                rpcs,
                passivateAfter,
                neverBlocks));
  }
}
