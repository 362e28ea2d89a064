// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.function;

import com.google.protobuf.Empty;
import io.grpc.BindableService;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import io.holdfast.devservers.FreePorts;
import io.holdfast.protocol.EntityDiscoveryGrpc;
import io.holdfast.protocol.EntitySpec;
import io.holdfast.protocol.ProxyInfo;
import io.holdfast.protocol.UserFunctionError;
import io.holdfast.protocol.eventsourced.EventSourcedGrpc;
import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;
import io.holdfast.protocol.eventsourced.EventSourcedStreamOut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A function that a test plays: a real gRPC server on a port of its own, which it keeps through
 * {@link #down} and {@link #up}. It announces what the test likes, remembers what the proxy told
 * it, and serves event-sourced streams, either through a handler (see {@link #serve}) or message by
 * message by the test ({@link #nextStream}).
 */
public final class ScriptedFunction implements AutoCloseable {

  private static final int MESSAGE_BYTES_MAX = 64 << 20;

  private final int port;
  private final Awaited<ProxyInfo> discoverCalls = new Awaited<>("call of discover");
  private final Awaited<String> reports = new Awaited<>("reported error");
  private final Awaited<ScriptedStream> streams = new Awaited<>("stream");
  private volatile EntitySpec spec;
  private final AtomicInteger streamsUnasked = new AtomicInteger();
  private volatile boolean hanging;
  private volatile boolean hangingOnReports;
  private volatile Function<
          StreamObserver<EventSourcedStreamOut>, StreamObserver<EventSourcedStreamIn>>
      handler = this::script;
  private @Nullable Server server;

  private ScriptedFunction(EntitySpec spec) {
    this.spec = spec;
    // Nobody else takes it while the function is down.
    this.port = FreePorts.next();
    this.server = start(port);
  }

  /** A function that is up. */
  public static ScriptedFunction up(EntitySpec spec) {
    return new ScriptedFunction(spec);
  }

  /** A function that has its port, but is not up yet. */
  public static ScriptedFunction notYetUp(EntitySpec spec) {
    var function = new ScriptedFunction(spec);
    function.down();
    return function;
  }

  public int port() {
    return port;
  }

  /** Announces this from the next call of discover on. */
  public void announce(EntitySpec changed) {
    spec = changed;
    hanging = false;
  }

  /** Leaves the next calls of discover without an answer. */
  public void hangOnDiscover() {
    hanging = true;
  }

  /** How many streams came before the first call of discover since the function was up. */
  public int streamsBeforeDiscover() {
    return streamsUnasked.get();
  }

  /** Takes reported errors, but answers none of them. */
  public void hangOnReports() {
    hangingOnReports = true;
  }

  /** The next call of discover, which it waits for if need be. */
  public ProxyInfo nextDiscover() {
    return discoverCalls.next();
  }

  /** How many calls of discover came that nobody has waited for. */
  public int furtherDiscoverCalls() {
    return discoverCalls.rest().size();
  }

  public String nextReport() {
    return reports.next();
  }

  /** The next stream that no handler serves. */
  public ScriptedStream nextStream() {
    return streams.next();
  }

  /**
   * Serves further streams by a handler. It is made anew for each stream, and called with each
   * message in order and with what leads back to the proxy.
   */
  public void serve(
      Supplier<BiConsumer<EventSourcedStreamIn, StreamObserver<EventSourcedStreamOut>>> handlers) {
    handler = toProxy -> new HandledStream(handlers.get(), toProxy);
  }

  /** Comes back on the same port. */
  public void up() {
    server = start(port);
  }

  /** Breaks off every connection, and refuses new ones. */
  public void down() {
    var running = server;
    if (running != null) {
      running.shutdownNow();
      awaitEnd(running);
      server = null;
    }
  }

  /** Asks for every connection to be closed, and refuses new ones. Streams may go on. */
  public void drain() {
    var running = server;
    if (running != null) {
      running.shutdown();
    }
  }

  @Override
  public void close() {
    down();
  }

  private StreamObserver<EventSourcedStreamIn> script(
      StreamObserver<EventSourcedStreamOut> toProxy) {
    var stream = new ScriptedStream(toProxy);
    streams.add(stream);
    return stream;
  }

  private Server start(int onPort) {
    // Of this run only: what is left of an earlier one may still be going on.
    var asked = new AtomicBoolean();
    try {
      return Grpc.newServerBuilderForPort(onPort, InsecureServerCredentials.create())
          .maxInboundMessageSize(MESSAGE_BYTES_MAX)
          .addService(discoveryService(asked))
          .addService(eventSourcedService(asked))
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

  private BindableService discoveryService(AtomicBoolean asked) {
    return new EntityDiscoveryGrpc.EntityDiscoveryImplBase() {
      @Override
      public void discover(ProxyInfo proxy, StreamObserver<EntitySpec> answer) {
        asked.set(true);
        discoverCalls.add(proxy);
        if (!hanging) {
          answer.onNext(spec);
          answer.onCompleted();
        }
      }

      @Override
      public void reportError(UserFunctionError error, StreamObserver<Empty> answer) {
        reports.add(error.getMessage());
        if (!hangingOnReports) {
          answer.onNext(Empty.getDefaultInstance());
          answer.onCompleted();
        }
      }
    };
  }

  private BindableService eventSourcedService(AtomicBoolean asked) {
    return new EventSourcedGrpc.EventSourcedImplBase() {
      @Override
      public StreamObserver<EventSourcedStreamIn> handle(
          StreamObserver<EventSourcedStreamOut> toProxy) {
        if (!asked.get()) {
          streamsUnasked.incrementAndGet();
        }
        return handler.apply(toProxy);
      }
    };
  }

  private record HandledStream(
      BiConsumer<EventSourcedStreamIn, StreamObserver<EventSourcedStreamOut>> handler,
      StreamObserver<EventSourcedStreamOut> toProxy)
      implements StreamObserver<EventSourcedStreamIn> {

    @Override
    public void onNext(EventSourcedStreamIn message) {
      handler.accept(message, toProxy);
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {
      toProxy.onCompleted();
    }
  }
}
