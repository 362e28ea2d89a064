// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import com.google.protobuf.Message;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.holdfast.sdk.Mode;
import io.holdfast.sdk.definition.EntityDefinition;
import io.holdfast.sdk.definition.ServiceDefinition;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * All streams of activated entities of one kind, one session each.
 *
 * @param <I> what the proxy sends
 * @param <O> what it gets
 */
final class EntityStreams<I extends Message, O extends Message> implements ServerCallHandler<I, O> {

  private final Wire<I, O> wire;
  private final Map<String, EntityDefinition<?, ?>> definitions = new HashMap<>();
  private final Mode mode;
  private final Executor handlers;
  private final Set<EntityStream<?, ?>> open = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  /**
   * @param all what the function serves; that of other kinds is passed over
   */
  EntityStreams(
      Wire<I, O> wire, Collection<? extends ServiceDefinition> all, Mode mode, Executor handlers) {
    this.wire = wire;
    this.mode = mode;
    this.handlers = handlers;
    for (ServiceDefinition service : all) {
      if (service instanceof EntityDefinition<?, ?> definition
          && definition.entityType().equals(wire.method().getServiceName())) {
        definitions.put(definition.serviceName(), definition);
      }
    }
  }

  /** The protocol's service, on these streams. */
  ServerServiceDefinition service() {
    var method = wire.method();
    var requests = new StreamMarshaller<>(wire.prototype());
    return ServerServiceDefinition.builder(Objects.requireNonNull(method.getServiceName()))
        .addMethod(method.toBuilder().setRequestMarshaller(requests).build(), this)
        .build();
  }

  @Override
  public ServerCall.Listener<I> startCall(ServerCall<I, O> call, Metadata headers) {
    var stream = new EntityStream<>(wire, definitions, mode, handlers, call, open::remove);
    open.add(stream);
    if (draining) {
      stream.drain();
    }
    return stream;
  }

  /** Closes every stream, those in the midst of a command once it is answered. */
  void drain() {
    draining = true;
    open.forEach(EntityStream::drain);
  }
}
