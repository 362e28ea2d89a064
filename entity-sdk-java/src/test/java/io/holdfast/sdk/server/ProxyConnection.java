// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.holdfast.protocol.EntityDiscoveryGrpc;
import io.holdfast.protocol.EntityDiscoveryGrpc.EntityDiscoveryBlockingStub;
import io.holdfast.protocol.crdt.CrdtGrpc;
import io.holdfast.protocol.eventsourced.EventSourcedGrpc;
import io.holdfast.protocol.valueentity.ValueEntityGrpc;
import io.holdfast.sdk.RunningFunction;

/** A proxy's connection to a function, over loopback. */
final class ProxyConnection implements AutoCloseable {

  private final ManagedChannel channel;

  ProxyConnection(RunningFunction function) {
    this.channel =
        ManagedChannelBuilder.forAddress("127.0.0.1", function.port())
            .usePlaintext()
            .maxInboundMessageSize(64 << 20)
            .build();
  }

  EntityDiscoveryBlockingStub discovery() {
    return EntityDiscoveryGrpc.newBlockingStub(channel);
  }

  /** A stream on which nothing has been sent. */
  ProxyStream open() {
    var stream = new ProxyStream();
    stream.start(EventSourcedGrpc.newStub(channel).handle(stream.answers()));
    return stream;
  }

  /** A stream for a value entity, on which nothing has been sent. */
  ValueProxyStream openValue() {
    var stream = new ValueProxyStream();
    stream.start(ValueEntityGrpc.newStub(channel).handle(stream.answers()));
    return stream;
  }

  /** A stream for a replicated entity, on which nothing has been sent. */
  ReplicaStream openReplica() {
    var stream = new ReplicaStream();
    stream.start(CrdtGrpc.newStub(channel).handle(stream.answers()));
    return stream;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
