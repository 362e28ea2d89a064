// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.grpc.GrpcSerializationFormats;
import com.linecorp.armeria.common.util.EventLoopGroups;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.grpc.GrpcService;
import io.holdfast.proxy.command.CommandRouter;
import io.holdfast.proxy.command.StreamRouter;
import io.holdfast.proxy.discovery.FunctionSpec;
import io.holdfast.proxy.frontend.call.CallPermits;
import io.holdfast.proxy.frontend.call.Calls;
import io.holdfast.proxy.frontend.call.OpenCalls;
import io.holdfast.proxy.frontend.cors.Cors;
import io.holdfast.proxy.frontend.grpc.GrpcDialects;
import io.holdfast.proxy.frontend.reflection.Reflection;
import io.holdfast.proxy.metrics.CallMeters;
import io.holdfast.proxy.text.AddressText;
import io.holdfast.proxy.text.DurationText;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clients' port. Until a function is {@link #serve served}, calls wait for one, for a while
 * after the start; from then on they are answered with UNAVAILABLE. Safe for use by many threads.
 */
public final class Frontend implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Frontend.class);
  private static final String LEAVING = "frontend";
  // What the last answers need to leave, once no call is under way.
  private static final Duration LAST_WRITES = Duration.ofMillis(100);
  private static final Duration LAST_WRITES_MAX = Duration.ofSeconds(1);
  private static final int FLUSH_EVERY = 256;
  // What a client's call may take to come here once it was asked to go elsewhere, and a client to
  // close its connection.
  private static final Duration FAREWELL = Duration.ofMillis(300);
  private static final Duration FAREWELL_MAX = Duration.ofSeconds(2);

  private final FrontendSettings settings;
  private final Readiness readiness;
  private final CallPermits permits;
  private final CallMeters meters;
  private final OpenCalls openCalls = new OpenCalls();
  private final EarlyCalls early;
  private final FrontDoor door;
  private final Health health;
  private final Reflection reflection = new Reflection();
  private final Connections connections;
  private final Server server;

  /** Threads for the frontend, which connections to the function may share. */
  public static EventLoopGroup eventLoops(int threads) {
    return EventLoopGroups.newEventLoopGroup(threads, "holdfast-io", true);
  }

  /**
   * Opens the port.
   *
   * @param meters where calls are counted
   * @param eventLoops made by {@link #eventLoops}; stays open when the frontend closes
   * @throws PortTakenException when another process listens on the port
   */
  public static Frontend start(
      FrontendSettings settings,
      CommandRouter router,
      StreamRouter streams,
      Readiness readiness,
      CallMeters meters,
      EventLoopGroup eventLoops) {
    var frontend = new Frontend(settings, router, streams, readiness, meters, eventLoops);
    frontend.open();
    return frontend;
  }

  private Frontend(
      FrontendSettings settings,
      CommandRouter router,
      StreamRouter streams,
      Readiness readiness,
      CallMeters meters,
      EventLoopGroup eventLoops) {
    this.settings = settings;
    this.readiness = readiness;
    this.meters = meters;
    connections = new Connections(settings.connections());
    permits = new CallPermits(settings.concurrentCallsMax());
    meters.watch(permits::taken);
    var dialects = new GrpcDialects(settings.messageBytesMax());
    early = new EarlyCalls(patience(settings), settings.concurrentCallsMax());
    door =
        new FrontDoor(
            new Calls(router, streams, permits, meters, openCalls, settings.requestTimeout()),
            dialects,
            settings.messageBytesMax(),
            connections,
            early);
    health = new Health(readiness);
    ServerBuilder builder = bounded(settings, eventLoops);
    builder.childChannelPipelineCustomizer(
        pipeline -> {
          // Replies come one by one from other threads: send those of one moment together.
          pipeline.addFirst(new FlushConsolidationHandler(FLUSH_EVERY, true));
          connections.opened(pipeline.channel());
        });
    KeepAlive.configure(builder, settings.connections().keepaliveInterval(), eventLoops);
    if (settings.cors().enabled()) {
      builder.decorator(Cors.decorator(settings.cors()));
    }
    builder.errorHandler(new FrontendErrors(dialects, settings.messageBytesMax()));
    builder.route().get("/_holdfast/ready").build(new ReadinessService(readiness));
    builder
        .route()
        .get("/_holdfast/live")
        .build(
            (context, request) ->
                HttpResponse.of(HttpStatus.OK, MediaType.PLAIN_TEXT_UTF_8, "alive\n"));
    builder.service(
        GrpcService.builder()
            .addService(health.service())
            .addService(reflection.v1())
            .addService(reflection.v1alpha())
            .supportedSerializationFormats(GrpcSerializationFormats.values())
            .build(),
        // Watching goes on for as long as the client likes.
        service ->
            service.decorate(
                (delegate, context, request) -> {
                  context.clearRequestTimeout();
                  return delegate.serve(context, request);
                }));
    builder.serviceUnder("/", door);
    server = builder.build();
  }

  // Past the request timeout a call is over, whoever waits.
  private static Duration patience(FrontendSettings settings) {
    return settings.startPatience().compareTo(settings.requestTimeout()) < 0
        ? settings.startPatience()
        : settings.requestTimeout();
  }

  private static ServerBuilder bounded(FrontendSettings settings, EventLoopGroup eventLoops) {
    // A third more than the message: base64, JSON's quotes and frames. The codecs count exactly.
    long bodyBytesMax = settings.messageBytesMax() / 3L * 4L + 1024;
    return Server.builder()
        .port(new InetSocketAddress(settings.host(), settings.port()), SessionProtocol.HTTP)
        .workerGroup(eventLoops, false)
        .bossGroupFactory(AcceptorLoop::create)
        .disableServerHeader()
        .disableDateHeader()
        .unloggedExceptionsReportIntervalMillis(0)
        // One of its own that keeps nothing: the default is shared by all servers of the JVM.
        .meterRegistry(new CompositeMeterRegistry())
        .requestTimeout(settings.requestTimeout().plus(Calls.GRACE))
        .maxRequestLength(bodyBytesMax)
        .http1MaxInitialLineLength(settings.headerBytesMax())
        .http1MaxHeaderSize(settings.headerBytesMax())
        .http2MaxHeaderListSize(settings.headerBytesMax())
        .http2MaxStreamsPerConnection(settings.streamsPerConnectionMax())
        .maxNumConnections(settings.connectionsMax())
        .idleTimeout(settings.idleTimeout())
        .maxConnectionAge(settings.connections().ageMax())
        .connectionDrainDuration(FAREWELL)
        .gracefulShutdownTimeout(LAST_WRITES, LAST_WRITES_MAX);
  }

  private void open() {
    try {
      server.start().join();
    } catch (CompletionException e) {
      // A BindException, or the native transport's own kind of IOException.
      if (e.getCause() instanceof IOException
          && String.valueOf(e.getCause().getMessage()).contains("in use")) {
        throw new PortTakenException(settings.port(), e.getCause());
      }
      throw new IllegalStateException(
          "cannot listen on "
              + AddressText.of(settings.host(), settings.port())
              + " (holdfast.http.host, HTTP_HOST): "
              + e.getCause(),
          e.getCause());
    }
  }

  /** The port that is open; another than configured if that was 0. */
  public int port() {
    return server.activeLocalPort();
  }

  /**
   * A sentence for each thing that this function wants of HTTP/JSON and cannot have. {@link #serve}
   * leaves such things out.
   */
  public static List<String> problems(FunctionSpec spec) {
    return new ServedFunction(spec, CallMeters.unread()).json().problems();
  }

  /** Takes over what this function offers, in place of what was offered before, all at once. */
  public void serve(FunctionSpec spec) {
    var function = new ServedFunction(spec, meters);
    function.json().problems().forEach(log::warn);
    door.open(function);
    reflection.show(function.serviceNames(), spec.files());
    health.serve(function.serviceNames());
  }

  /** How many calls wait for the first function. */
  int waitingForFunction() {
    return early.count();
  }

  /**
   * Says by readiness and health that the node is about to leave, and goes on serving. Completes
   * after {@code holdfast.http.shutdown-delay}, by when load balancers should have noticed.
   */
  public CompletionStage<Void> announceShutdown() {
    readiness.obstruct(LEAVING, "the proxy is shutting down");
    return CompletableFuture.runAsync(
        () -> {},
        CompletableFuture.delayedExecutor(
            settings.shutdownDelay().toMillis(), TimeUnit.MILLISECONDS));
  }

  /**
   * Closes the port and sends clients elsewhere; then refuses new calls with UNAVAILABLE, and
   * returns when the calls under way have ended, or when the limit is reached. Streams that watch
   * an entity end at once, others that are still open then.
   *
   * @param limit how long all of this may take
   */
  private void drain(Duration limit) {
    readiness.obstruct(LEAVING, "the proxy is shutting down");
    long end = System.nanoTime() + limit.toNanos();
    early.end();
    try {
      openCalls.endWatches();
      connections.leave(limit.compareTo(FAREWELL_MAX) < 0 ? limit : FAREWELL_MAX);
      var idle = permits.close();
      openCalls.endWatches();
      idle.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      log.warn("some calls were still under way after {}", DurationText.of(limit));
      openCalls.endAll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Drains for as long as calls may take, then closes all connections. */
  @Override
  public void close() {
    close(settings.drainTimeout());
  }

  /** Drains within {@code limit}, then closes all connections. */
  public void close(Duration limit) {
    drain(limit);
    server.stop().join();
  }
}
