// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.passthrough;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.holdfast.bench.net.EventLoops;
import io.holdfast.bench.net.Methods;
import io.holdfast.bench.v1.CounterGrpc;
import java.io.IOException;
import java.net.InetSocketAddress;

/** The pass-through as a server. Frontend and streams share the same threads. */
public final class Passthrough implements AutoCloseable {

  private final EventLoops loops;
  private final ManagedChannel function;
  private final Server server;

  private Passthrough(EventLoops loops, ManagedChannel function, Server server) {
    this.loops = loops;
    this.function = function;
    this.server = server;
  }

  /**
   * Serves clients until it is closed.
   *
   * @throws IOException if the address cannot be had
   */
  public static Passthrough start(
      InetSocketAddress clients, InetSocketAddress userFunction, int threads) throws IOException {
    var loops = new EventLoops("passthrough", threads);
    ManagedChannel function = loops.connect(userFunction);
    Server server =
        loops
            .serve(clients)
            .addService(
                ServerServiceDefinition.builder(CounterGrpc.SERVICE_NAME)
                    .addMethod(Methods.INCREASE, new Frontend(function))
                    .build())
            .build()
            .start();
    return new Passthrough(loops, function, server);
  }

  public int port() {
    return server.getPort();
  }

  void awaitTermination() throws InterruptedException {
    server.awaitTermination();
  }

  @Override
  public void close() {
    server.shutdownNow();
    function.shutdownNow();
    loops.close();
  }
}
