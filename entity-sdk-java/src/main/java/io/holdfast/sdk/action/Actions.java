// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.action;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServiceDescriptor;
import io.holdfast.sdk.FunctionException;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.ServiceDescription;
import io.holdfast.sdk.definition.EntityCheck;
import io.holdfast.sdk.definition.ServiceCheck;
import io.holdfast.sdk.wire.RpcType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;

/**
 * Says which handler of an {@link Action} serves which rpc. There is one method for each shape of
 * rpc: {@code on} for unary ones, and three for those that stream. Mistakes are not thrown one by
 * one: starting the function lists them all.
 *
 * <p>Not for use by more than one thread.
 *
 * @param <T> the action
 */
public final class Actions<T extends Action> implements ServiceDescription {

  private final ServiceDescriptor service;
  private final T action;
  private final Map<String, ActionRpc> rpcs = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private boolean neverBlocks;

  private Actions(ServiceDescriptor service, T action) {
    this.service = Objects.requireNonNull(service, "service");
    this.action = Objects.requireNonNull(action, "action");
  }

  /**
   * Begins the description of one service.
   *
   * @param service what clients call, {@code OrdersGrpc.getServiceDescriptor()}
   * @param action whose handlers are called, many at a time
   */
  public static <T extends Action> Actions<T> service(ServiceDescriptor service, T action) {
    return new Actions<>(service, action);
  }

  /** Calls of that unary rpc go to that handler. */
  public <C extends Message, R extends Message> Actions<T> on(
      MethodDescriptor<C, R> rpc,
      ActionHandler<? super T, C, ? extends ReadOnlyEffect<R>> handler) {
    return on(rpc, withContext(handler));
  }

  /** Calls of that unary rpc go to that handler, along with their circumstances. */
  public <C extends Message, R extends Message> Actions<T> on(
      MethodDescriptor<C, R> rpc,
      ActionHandler.WithContext<? super T, C, ? extends ReadOnlyEffect<R>> handler) {
    return add(rpc, MethodType.UNARY, type -> new ActionRpc.Unary(type, body(handler)));
  }

  /**
   * Calls of that rpc, to which clients stream, go to that handler. It may answer before the client
   * has ended its stream; what still comes is then passed over.
   */
  public <C extends Message, R extends Message> Actions<T> onStreamedIn(
      MethodDescriptor<C, R> rpc,
      ActionHandler<? super T, Elements<C>, ? extends CompletionStage<? extends ReadOnlyEffect<R>>>
          handler) {
    return onStreamedIn(rpc, withContext(handler));
  }

  /** Calls of that rpc, to which clients stream, go to that handler with their circumstances. */
  public <C extends Message, R extends Message> Actions<T> onStreamedIn(
      MethodDescriptor<C, R> rpc,
      ActionHandler.WithContext<
              ? super T, Elements<C>, ? extends CompletionStage<? extends ReadOnlyEffect<R>>>
          handler) {
    return add(
        rpc, MethodType.CLIENT_STREAMING, type -> new ActionRpc.StreamedIn(type, body(handler)));
  }

  /**
   * Calls of that rpc, which streams to clients, go to that handler. Each effect is one message for
   * the client; {@code skip()} is none, a refusal is the last.
   */
  public <C extends Message, R extends Message> Actions<T> onStreamedOut(
      MethodDescriptor<C, R> rpc,
      ActionHandler<? super T, C, ? extends Flow.Publisher<? extends ReadOnlyEffect<R>>> handler) {
    return onStreamedOut(rpc, withContext(handler));
  }

  /** Calls of that rpc, which streams to clients, go to that handler with their circumstances. */
  public <C extends Message, R extends Message> Actions<T> onStreamedOut(
      MethodDescriptor<C, R> rpc,
      ActionHandler.WithContext<? super T, C, ? extends Flow.Publisher<? extends ReadOnlyEffect<R>>>
          handler) {
    return add(
        rpc, MethodType.SERVER_STREAMING, type -> new ActionRpc.StreamedOut(type, body(handler)));
  }

  /** Calls of that rpc, which streams both ways, go to that handler. */
  public <C extends Message, R extends Message> Actions<T> onStreamed(
      MethodDescriptor<C, R> rpc,
      ActionHandler<? super T, Elements<C>, ? extends Flow.Publisher<? extends ReadOnlyEffect<R>>>
          handler) {
    return onStreamed(rpc, withContext(handler));
  }

  /** Calls of that rpc, which streams both ways, go to that handler with their circumstances. */
  public <C extends Message, R extends Message> Actions<T> onStreamed(
      MethodDescriptor<C, R> rpc,
      ActionHandler.WithContext<
              ? super T, Elements<C>, ? extends Flow.Publisher<? extends ReadOnlyEffect<R>>>
          handler) {
    return add(rpc, MethodType.BIDI_STREAMING, type -> new ActionRpc.Streamed(type, body(handler)));
  }

  /**
   * Each message of that rpc, which streams both ways, goes to that handler by itself, one after
   * the other. What it returns takes the message's place.
   */
  public <C extends Message, R extends Message> Actions<T> onEach(
      MethodDescriptor<C, R> rpc,
      ActionHandler<? super T, C, ? extends ReadOnlyEffect<R>> handler) {
    return onEach(rpc, withContext(handler));
  }

  /** Each message of that rpc, which streams both ways, goes to that handler by itself. */
  public <C extends Message, R extends Message> Actions<T> onEach(
      MethodDescriptor<C, R> rpc,
      ActionHandler.WithContext<? super T, C, ? extends ReadOnlyEffect<R>> handler) {
    Objects.requireNonNull(handler, "handler");
    return this.<C, R>onStreamed(
        rpc,
        (T served, Elements<C> messages, ActionContext context) ->
            messages.map(message -> handler.handle(served, message, context)));
  }

  /**
   * Promises that no handler of this action ever waits for anything: no files, no network, no
   * locks. They then run on the thread that reads from the network, which saves a change of threads
   * for each call. A handler that waits all the same holds up everything else of the function.
   */
  public Actions<T> handlersNeverBlock() {
    neverBlocks = true;
    return this;
  }

  private static <T, I, O> ActionHandler.WithContext<T, I, O> withContext(
      ActionHandler<T, I, O> handler) {
    Objects.requireNonNull(handler, "handler");
    return (action, input, context) -> handler.handle(action, input);
  }

  @SuppressWarnings("unchecked") // The rpc's type reads messages of C; replies are only written.
  private <I, O> ActionRpc.Body<I, O> body(ActionHandler.WithContext<? super T, ?, ?> handler) {
    var typed = (ActionHandler.WithContext<T, I, O>) handler;
    Objects.requireNonNull(handler, "handler");
    return (input, context) -> typed.handle(action, input, context);
  }

  private Actions<T> add(
      MethodDescriptor<?, ?> rpc, MethodType shape, Function<RpcType, ActionRpc> made) {
    RpcType.of(service, rpc, problems::add)
        .ifPresent(
            type -> {
              if (rpc.getType() != shape) {
                problems.add(ServiceCheck.misshapen(rpc));
              }
              if (rpcs.put(type.name(), made.apply(type)) != null) {
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
  public ActionDefinition define() {
    var check = new EntityCheck("action \"" + service.getName() + "\"", problems);
    check.service(service, rpcs.keySet(), new ServiceCheck.Kind("an action", false, true, true));
    return check.orThrow(
        () ->
            new ActionDefinition(
                ServiceCheck.descriptor(service).orElseThrow(), rpcs, neverBlocks));
  }
}
