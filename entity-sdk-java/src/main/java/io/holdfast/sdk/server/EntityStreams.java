// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.holdfast.protocol.eventsourced.EventSourcedGrpc;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.protocol.eventsourced.EventSourcedStreamOut;
import io.holdfast.sdk.Mode;
import io.holdfast.sdk.definition.EntityDefinition;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** All streams of activated entities, one session each. */
final class EntityStreams
    implements ServerCallHandler<EventSourcedStreamIn, EventSourcedStreamOut> {

  private final Map<String, EntityDefinition<?, ?, ?>> definitions;
  private final Mode mode;
  private final Executor handlers;
  private final Set<EntityStream> open = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  EntityStreams(Map<String, EntityDefinition<?, ?, ?>> definitions, Mode mode, Executor handlers) {
    this.handlers = handlers;
    this.definitions = Map.copyOf(definitions);
    this.mode = mode;
  }

  /** The protocol's service, on these streams. */
  ServerServiceDefinition service() {
    MethodDescriptor<EventSourcedStreamIn, EventSourcedStreamOut> handle =
        EventSourcedGrpc.getHandleMethod();
    return ServerServiceDefinition.builder(EventSourcedGrpc.SERVICE_NAME)
        .addMethod(handle.toBuilder().setRequestMarshaller(new StreamMarshaller()).build(), this)
        .build();
  }

  @Override
  public ServerCall.Listener<EventSourcedStreamIn> startCall(
      ServerCall<EventSourcedStreamIn, EventSourcedStreamOut> call, Metadata headers) {
    var stream = new EntityStream(definitions, mode, handlers, call, open::remove);
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
