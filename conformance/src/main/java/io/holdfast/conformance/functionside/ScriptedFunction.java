// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.functionside;

import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.holdfast.conformance.wire.Address;
import io.holdfast.conformance.wire.Arrivals;
import io.holdfast.conformance.wire.CrdtKind;
import io.holdfast.conformance.wire.EventSourcedKind;
import io.holdfast.conformance.wire.Kind;
import io.holdfast.conformance.wire.RawBytes;
import io.holdfast.conformance.wire.ValueKind;
import io.holdfast.devservers.FreePorts;
import io.holdfast.protocol.EntityDiscoveryGrpc;
import io.holdfast.protocol.EntitySpec;
import io.holdfast.protocol.ProxyInfo;
import io.holdfast.protocol.UserFunctionError;
import io.holdfast.protocol.action.ActionProtocolGrpc;
import io.holdfast.protocol.function.StatelessFunctionGrpc;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A function that a suite plays: a gRPC server on a port that stays its own while it is down. Knows
 * nothing of the services that it announces; remembers all that the proxy says.
 */
public final class ScriptedFunction implements AutoCloseable {

  private final int port;
  private final Arrivals<ProxyInfo> discoveries = new Arrivals<>("call of discover");
  private final Arrivals<String> reports = new Arrivals<>("call of reportError");
  private final Arrivals<String> strays = new Arrivals<>("stream without an init");
  private final Map<Address, Arrivals<ScriptedStream<?, ?>>> streams = new ConcurrentHashMap<>();
  private final Map<String, Arrivals<ScriptedStream<?, ?>>> calls = new ConcurrentHashMap<>();
  private volatile EntitySpec spec;
  private Optional<Server> server;

  private ScriptedFunction(EntitySpec spec) {
    this.spec = spec;
    // Nobody else takes it while the function is down.
    this.port = FreePorts.next();
    this.server = Optional.of(start(port));
  }

  /** A function that is up and will announce that. */
  public static ScriptedFunction up(EntitySpec spec) {
    return new ScriptedFunction(spec);
  }

  public int port() {
    return port;
  }

  /** Announces this from the next call of discover on. */
  public void announce(EntitySpec changed) {
    spec = changed;
  }

  /** What the proxies said of themselves that asked what this function serves. */
  public Arrivals<ProxyInfo> discoveries() {
    return discoveries;
  }

  /** What this function was told it did wrong. */
  public Arrivals<String> reports() {
    return reports;
  }

  /** First messages of entities' streams that were no init. */
  public Arrivals<String> strays() {
    return strays;
  }

  /** The next stream for that entity, which it waits for. */
  public <I extends Message, O extends Message> ScriptedStream<I, O> stream(
      Kind<I, O> kind, Address entity) {
    return cast(of(entity).next());
  }

  /** The same, without waiting. */
  public <I extends Message, O extends Message> CompletableFuture<ScriptedStream<I, O>> streamLater(
      Kind<I, O> kind, Address entity) {
    return of(entity).later().thenApply(ScriptedFunction::cast);
  }

  /** Streams for that entity that no one has asked for. */
  public int furtherStreams(Address entity) {
    return of(entity).rest().size();
  }

  /** The next call of that method of the protocol's that is for no entity. */
  public <I extends Message, O extends Message> ScriptedStream<I, O> call(
      MethodDescriptor<I, O> method) {
    return cast(of(method).next());
  }

  private Arrivals<ScriptedStream<?, ?>> of(Address entity) {
    return streams.computeIfAbsent(entity, key -> new Arrivals<>("stream for " + key));
  }

  private Arrivals<ScriptedStream<?, ?>> of(MethodDescriptor<?, ?> method) {
    return calls.computeIfAbsent(
        method.getFullMethodName(), key -> new Arrivals<>("call of " + key));
  }

  // A stream was registered under its own kind, or its own method.
  @SuppressWarnings("unchecked")
  private static <I extends Message, O extends Message> ScriptedStream<I, O> cast(
      ScriptedStream<?, ?> stream) {
    return (ScriptedStream<I, O>) stream;
  }

  /** Breaks off every connection and refuses new ones, as a process does that is killed. */
  public void down() {
    server.ifPresent(
        running -> {
          running.shutdownNow();
          awaitEnd(running);
        });
    server = Optional.empty();
  }

  /** Comes back on the same port. */
  public void up() {
    server = Optional.of(start(port));
  }

  @Override
  public void close() {
    down();
  }

  private Server start(int onPort) {
    try {
      return Grpc.newServerBuilderForPort(onPort, InsecureServerCredentials.create())
          .addService(discovery())
          .addService(entities(EventSourcedKind.EVENT_SOURCED))
          .addService(entities(ValueKind.VALUE))
          .addService(entities(CrdtKind.CRDT))
          .addService(actions())
          .addService(stateless())
          .build()
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitEnd(Server server) {
    try {
      if (!server.awaitTermination(10, TimeUnit.SECONDS)) {
        throw new AssertionError("the function did not go down");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private EntityDiscoveryGrpc.EntityDiscoveryImplBase discovery() {
    return new EntityDiscoveryGrpc.EntityDiscoveryImplBase() {
      @Override
      public void discover(ProxyInfo proxy, StreamObserver<EntitySpec> answer) {
        discoveries.add(proxy);
        answer.onNext(spec);
        answer.onCompleted();
      }

      @Override
      public void reportError(UserFunctionError error, StreamObserver<Empty> answer) {
        reports.add(error.getMessage());
        answer.onNext(Empty.getDefaultInstance());
        answer.onCompleted();
      }
    };
  }

  private <I extends Message, O extends Message> ServerServiceDefinition entities(Kind<I, O> kind) {
    return ServerServiceDefinition.builder(kind.entityType())
        .addMethod(
            RawBytes.responses(kind.handle()),
            (call, headers) ->
                new ScriptedStream<I, O>(call, true, (stream, first) -> keep(kind, stream, first)))
        .build();
  }

  private <I extends Message, O extends Message> void keep(
      Kind<I, O> kind, ScriptedStream<I, O> stream, I first) {
    var entity = kind.address(first);
    entity.ifPresent(address -> of(address).add(stream));
    if (entity.isEmpty()) {
      strays.add(first.toString());
    }
  }

  private ServerServiceDefinition actions() {
    var definition = ServerServiceDefinition.builder(ActionProtocolGrpc.SERVICE_NAME);
    add(definition, ActionProtocolGrpc.getHandleUnaryMethod());
    add(definition, ActionProtocolGrpc.getHandleStreamedInMethod());
    add(definition, ActionProtocolGrpc.getHandleStreamedOutMethod());
    add(definition, ActionProtocolGrpc.getHandleStreamedMethod());
    return definition.build();
  }

  private ServerServiceDefinition stateless() {
    var definition = ServerServiceDefinition.builder(StatelessFunctionGrpc.SERVICE_NAME);
    add(definition, StatelessFunctionGrpc.getHandleUnaryMethod());
    return definition.build();
  }

  private <I extends Message, O extends Message> void add(
      ServerServiceDefinition.Builder definition, MethodDescriptor<I, O> method) {
    // As if it streamed both ways: gRPC would not let a unary call be answered twice, or never.
    definition.addMethod(
        RawBytes.responses(method).toBuilder()
            .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
            .build(),
        (call, headers) -> {
          var stream = new ScriptedStream<I, O>(call, false, (same, first) -> {});
          of(method).add(stream);
          return stream;
        });
  }
}
