// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.holdfast.sdk.FunctionSettings;
import io.holdfast.sdk.definition.ServiceDefinition;
import io.holdfast.sdk.server.action.ActionCalls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** The server of one function. Starts at once; stops within bounds. */
public final class FunctionServer {

  /** How long commands in flight may take to end. */
  private static final long DRAIN_SECONDS = 10;

  /** A proxy may check often whether the connection still stands. */
  private static final long KEEPALIVE_SECONDS_MIN = 1;

  private final Server server;
  private final List<EntityStreams<?, ?>> streams;
  private final ExecutorService handlers;

  private FunctionServer(
      Server server, List<EntityStreams<?, ?>> streams, ExecutorService handlers) {
    this.server = server;
    this.streams = streams;
    this.handlers = handlers;
  }

  /**
   * Listens once this returns.
   *
   * @throws IOException if the address cannot be listened on
   */
  public static FunctionServer start(
      Collection<? extends ServiceDefinition> definitions, FunctionSettings settings)
      throws IOException {
    var mode = settings.mode();
    var handlers = HandlerThreads.start();
    List<EntityStreams<?, ?>> streams =
        List.of(
            new EntityStreams<>(
                new StoredKind<>(new EventSourcedWire(), definitions, mode), handlers),
            new EntityStreams<>(new StoredKind<>(new ValueWire(), definitions, mode), handlers),
            new EntityStreams<>(new ReplicatedKind(definitions, mode), handlers));
    var spec = FunctionSpec.of(settings, definitions);
    try {
      var server =
          NettyServerBuilder.forAddress(new InetSocketAddress(settings.host(), settings.port()))
              .directExecutor()
              .addServices(streams.stream().map(EntityStreams::service).toList())
              .addService(new ActionCalls(definitions, mode, handlers).service())
              .addService(new Discovery(spec))
              .maxInboundMessageSize(settings.messageBytesMax())
              .permitKeepAliveTime(KEEPALIVE_SECONDS_MIN, TimeUnit.SECONDS)
              .permitKeepAliveWithoutCalls(true)
              .build()
              .start();
      return new FunctionServer(server, streams, handlers);
    } catch (IOException e) {
      handlers.shutdown();
      throw e;
    }
  }

  /** The one that is listened on. */
  public int port() {
    return server.getPort();
  }

  /** Takes no new streams, lets commands in flight end, closes. Idempotent. */
  public void stop() {
    server.shutdown();
    streams.forEach(EntityStreams::drain);
    try {
      if (!server.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS)) {
        server.shutdownNow();
        server.awaitTermination(1, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    handlers.shutdown();
  }

  /** Returns once the server has stopped. */
  public void awaitStop() throws InterruptedException {
    server.awaitTermination();
  }
}
