// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import com.google.protobuf.Message;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.holdfast.sdk.wire.RequestMarshaller;
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

  private final Kind<I, O> kind;
  private final Executor handlers;
  private final Set<EntityStream<?, ?>> open = ConcurrentHashMap.newKeySet();
  private volatile boolean draining;

  /**
   * @param handlers where handlers run that may block
   */
  EntityStreams(Kind<I, O> kind, Executor handlers) {
    this.kind = kind;
    this.handlers = handlers;
  }

  /** The protocol's service, on these streams. */
  ServerServiceDefinition service() {
    var method = kind.method();
    // The protocol has no empty message either, so that may stand for what cannot be read.
    var requests = new RequestMarshaller<>(kind.prototype());
    return ServerServiceDefinition.builder(Objects.requireNonNull(method.getServiceName()))
        .addMethod(method.toBuilder().setRequestMarshaller(requests).build(), this)
        .build();
  }

  @Override
  public ServerCall.Listener<I> startCall(ServerCall<I, O> call, Metadata headers) {
    var stream = new EntityStream<>(kind, handlers, call, open::remove);
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
