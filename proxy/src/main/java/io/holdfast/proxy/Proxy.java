// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import akka.Done;
import akka.actor.ActorSystem;
import akka.actor.BootstrapSetup;
import akka.actor.CoordinatedShutdown;
import akka.actor.setup.ActorSystemSetup;
import com.typesafe.config.Config;
import io.holdfast.persistence.Stores;
import io.holdfast.proxy.action.ActionRouter;
import io.holdfast.proxy.cluster.ClusterNode;
import io.holdfast.proxy.cluster.EventLoopSetup;
import io.holdfast.proxy.cluster.Forming;
import io.holdfast.proxy.cluster.standing.HeldCommands;
import io.holdfast.proxy.cluster.standing.Standing;
import io.holdfast.proxy.cluster.standing.StandingSettings;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.EntityIdLimit;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.discovery.FunctionSpec;
import io.holdfast.proxy.entity.SessionSettings;
import io.holdfast.proxy.entity.crdt.CrdtRouter;
import io.holdfast.proxy.entity.crdt.replica.CrdtSettings;
import io.holdfast.proxy.entity.crdt.replica.Replication;
import io.holdfast.proxy.entity.onward.Onward;
import io.holdfast.proxy.frontend.Frontend;
import io.holdfast.proxy.frontend.FrontendSettings;
import io.holdfast.proxy.frontend.Readiness;
import io.holdfast.proxy.management.ClusterPage;
import io.holdfast.proxy.management.ManagementPages;
import io.holdfast.proxy.management.ManagementPort;
import io.holdfast.proxy.management.ManagementSettings;
import io.holdfast.proxy.management.Page;
import io.holdfast.proxy.metrics.LiveMeters;
import io.holdfast.proxy.metrics.ProxyMetrics;
import io.holdfast.proxy.routing.ShardingRouter;
import io.holdfast.proxy.routing.ShardingSettings;
import io.holdfast.proxy.text.AddressText;
import io.holdfast.proxy.text.DurationText;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running proxy.
 *
 * <p>It shuts down in the order of Akka's coordinated shutdown: clients are sent elsewhere, calls
 * under way end, shards are handed over, the node leaves its cluster, the function is let go, the
 * store closes. That is also what happens when the node is put out of its cluster.
 */
public final class Proxy implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Proxy.class);
  private static final String CLUSTER = "cluster";
  private static final String STORE = "store";
  private static final String FUNCTION = "function";
  private static final String STANDING = "standing";

  private final ActorSystem system;
  private final EventLoopGroup eventLoops;
  private final Readiness readiness = new Readiness();
  private final ProxyMetrics metrics;
  private final ConnectedFunction function;
  private final ServedCommands commands = new ServedCommands();
  private final Routes routes;
  private final Frontend frontend;
  private final OptionalInt managementPort;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final AtomicBoolean stopped = new AtomicBoolean();

  /**
   * Starts a proxy and returns as soon as it listens; it goes on to join its cluster and to find
   * its function.
   *
   * @param config made by {@link ProxyConfig#load}
   * @throws StartupException when something must be changed first; nothing is left open then
   */
  public static Proxy start(Config config) {
    EventLoopGroup eventLoops = Frontend.eventLoops(Runtime.getRuntime().availableProcessors());
    var pages = new ManagementPages();
    ActorSystem system;
    try {
      system =
          ActorSystem.create(
              "holdfast",
              ActorSystemSetup.create(
                  BootstrapSetup.create(config), new EventLoopSetup(eventLoops), pages));
    } catch (RuntimeException e) {
      release(eventLoops);
      throw StartupException.because(e);
    }
    try {
      return new Proxy(config, system, eventLoops, pages);
    } catch (RuntimeException e) {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
      release(eventLoops);
      throw StartupException.because(e);
    }
  }

  private Proxy(
      Config config, ActorSystem system, EventLoopGroup eventLoops, ManagementPages pages) {
    this.system = system;
    this.eventLoops = eventLoops;
    Config holdfast = config.getConfig("holdfast");
    var store = Stores.open(system);
    store.watch(this::storeIsReady);
    readiness.obstruct(CLUSTER, "this node has not joined its cluster yet");
    metrics = new ProxyMetrics(system);
    store.groupSizes().watch(metrics.storeGroups());
    for (String part : List.of(STORE, CLUSTER, FUNCTION, STANDING)) {
      metrics.watchReadiness(part, () -> readiness.isClear(part));
    }
    function =
        new ConnectedFunction(
            FUNCTION, holdfast, eventLoops, readiness, metrics.function(), this::serve);
    Onward onward = onward(holdfast);
    var standing = Standing.of(system, StandingSettings.from(config));
    standing.onChange(() -> standingChanged(standing));
    routes =
        new Routes(
            new EntityIdLimit(
                holdfast.getInt("entity.id-bytes-max"), store.name(), store.idBytesMax()),
            new HeldCommands(system, standing),
            new ShardingRouter(
                system,
                new Entities(function, onward, store, holdfast, metrics.registry()),
                standing,
                ShardingSettings.from(holdfast)),
            replicated(holdfast, onward),
            new ActionRouter(function, onward, holdfast.getInt("action.calls-max")));
    frontend =
        Frontend.start(
            FrontendSettings.from(config), routes, routes, readiness, metrics.calls(), eventLoops);
    planShutdown();
    managementPort = openManagement(holdfast, pages);
    ClusterNode node = ClusterNode.join(system, holdfast.getConfig("cluster"));
    node.up().thenRun(() -> readiness.clear(CLUSTER));
    function.start();
    var unused =
        CompletableFuture.allOf(
                store.opened().toCompletableFuture(),
                node.up().toCompletableFuture(),
                function.served().toCompletableFuture())
            .whenComplete(this::started);
    log.info(
        "Holdfast listens on {}, with the {} store, on {} cores",
        AddressText.of(config.getString("holdfast.http.host"), frontend.port()),
        store.name(),
        Runtime.getRuntime().availableProcessors());
  }

  private OptionalInt openManagement(Config holdfast, ManagementPages pages) {
    pages.add(ClusterPage.PATH, new ClusterPage(system));
    pages.add("/entities", routes.entities().page());
    pages.add(ProxyMetrics.PATH, metrics);
    pages.add("/live", () -> Page.Shown.text(200, "alive").now());
    pages.add("/ready", this::readinessPage);
    boolean needed = Forming.from(holdfast.getConfig("cluster")).discovers();
    var settings = ManagementSettings.from(holdfast.getConfig("management"), needed);
    return settings.open()
        ? OptionalInt.of(ManagementPort.open(system, settings))
        : OptionalInt.empty();
  }

  private CompletionStage<Page.Shown> readinessPage() {
    return readiness
        .detail()
        .map(obstacle -> Page.Shown.text(503, obstacle))
        .orElseGet(() -> Page.Shown.text(200, "ready"))
        .now();
  }

  private CrdtRouter replicated(Config holdfast, Onward onward) {
    var settings = CrdtSettings.from(holdfast.getConfig("crdt"));
    return new CrdtRouter(
        system,
        function,
        onward,
        Replication.start(system, settings),
        type -> new LiveMeters(metrics.registry(), type),
        SessionSettings.from(holdfast.getConfig("entity")),
        settings);
  }

  private Onward onward(Config holdfast) {
    return new Onward(
        commands,
        this::route,
        function::reportError,
        holdfast.getDuration("entity.side-effect-timeout"),
        holdfast.getInt("entity.hops-max"));
  }

  // Where it is and what is wrong with it is not for everybody to read.
  private void storeIsReady(Optional<String> obstacle) {
    if (obstacle.isPresent()) {
      readiness.obstruct(
          STORE, "the store is out of reach", "the store is out of reach: " + obstacle.get());
    } else {
      readiness.clear(STORE);
    }
  }

  private void standingChanged(Standing standing) {
    standing
        .obstacle()
        .ifPresentOrElse(
            obstacle -> readiness.obstruct(STANDING, obstacle), () -> readiness.clear(STANDING));
  }

  // What the routes lead to sends commands along them.
  private void route(Command command, ReplyTo replyTo) {
    routes.route(command, replyTo);
  }

  private void serve(FunctionSpec spec) {
    routes.serve(spec.services());
    commands.serve(spec);
    frontend.serve(spec);
  }

  private void started(Void nothing, Throwable failure) {
    if (failure == null) {
      log.info("Holdfast is ready on port {}", frontend.port());
      ready.complete(null);
    } else {
      ready.completeExceptionally(failure.getCause() == null ? failure : failure.getCause());
    }
  }

  private void planShutdown() {
    var shutdown = CoordinatedShutdown.get(system);
    shutdown.addTask(
        CoordinatedShutdown.PhaseBeforeServiceUnbind(),
        "announce",
        () -> announceShutdown().thenApply(nothing -> Done.getInstance()));
    shutdown.addTask(
        CoordinatedShutdown.PhaseServiceRequestsDone(), "end-calls", () -> run(this::endCalls));
    // Shards stop theirs when they are handed over; those that are in none would keep the function.
    shutdown.addTask(
        CoordinatedShutdown.PhaseServiceStop(),
        "stop-replicated-entities",
        () -> routes.replicated().stop());
    shutdown.addTask(
        CoordinatedShutdown.PhaseBeforeActorSystemTerminate(),
        "let-function-go",
        () -> run(function::close));
    String last = CoordinatedShutdown.PhaseActorSystemTerminate();
    long patienceMillis = shutdown.timeout(last).toMillis();
    shutdown.addTask(last, "end-in-any-case", () -> run(() -> endAfter(patienceMillis)));
    system
        .getWhenTerminated()
        .thenRun(
            () -> {
              release(eventLoops);
              metrics.close();
              stopped(() -> log.info("Holdfast has stopped"));
            });
  }

  // Akka's remoting waits for its connections to end, with no limit. One to a node that a cut
  // network hides may take until the cut is over, or until TCP gives up a quarter of an hour later.
  private void endAfter(long patienceMillis) {
    CompletableFuture.delayedExecutor(patienceMillis, TimeUnit.MILLISECONDS)
        .execute(
            () ->
                stopped(
                    () ->
                        log.warn(
                            "Holdfast has stopped, but for what did not end within {}: connections"
                                + " to nodes that cannot be reached, most likely",
                            DurationText.of(Duration.ofMillis(patienceMillis)))));
  }

  /** Whoever waits for the end may exit at once: the last line has to be out by then. */
  private void stopped(Runnable lastLine) {
    if (stopped.compareAndSet(false, true)) {
      lastLine.run();
      closed.complete(null);
    }
  }

  private static void release(EventLoopGroup eventLoops) {
    var unused = eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private CompletionStage<Void> announceShutdown() {
    Optional<String> removal = removal();
    if (removal.isPresent()) {
      log.error("Holdfast shuts down: {}", removal.get());
      return CompletableFuture.completedFuture(null);
    }
    log.info("Holdfast shuts down: calls under way may end");
    return frontend.announceShutdown();
  }

  // Other nodes take over the entities of one that was removed: what is under way here could only
  // be refused by the store. To what no entity has yet, nothing happened, and that is said first.
  private void endCalls() {
    if (removal().isPresent()) {
      routes.end();
      frontend.close(Duration.ZERO);
    } else {
      frontend.close();
    }
  }

  /**
   * Why the proxy shut down, or shuts down, without being told to: its cluster has put it out, or
   * did not let it in. A new start is due then. Empty when it was told to, and while it runs.
   */
  public Optional<String> removal() {
    return Removal.of(CoordinatedShutdown.get(system).getShutdownReason());
  }

  private static CompletionStage<Done> run(Runnable step) {
    return CompletableFuture.runAsync(step).thenApply(nothing -> Done.getInstance());
  }

  /** The port on which clients reach the entities. */
  public int port() {
    return frontend.port();
  }

  /** The operators' port; empty when it is closed. */
  public OptionalInt managementPort() {
    return managementPort;
  }

  /**
   * Completes once a command may be expected to succeed: the store is open, the node has joined its
   * cluster and the function was discovered. Fails when the function cannot be served, or the store
   * cannot be opened, as they are.
   */
  public CompletionStage<Void> ready() {
    return ready;
  }

  /** Completes when a function is discovered after this call, a restarted one say. */
  public CompletionStage<Void> nextDiscovery() {
    return function.nextDiscovery();
  }

  /**
   * Completes once everything is closed, whoever asked for it; or once nothing is left but what did
   * not end within the time-out of Akka's last phase of a shutdown (10 s). Whoever runs a process
   * may exit then: what is stored stays stored, as with a process that is killed.
   */
  public CompletionStage<Void> closed() {
    return closed;
  }

  /** Shuts down gracefully, and waits until it is {@link #closed}. */
  @Override
  public void close() {
    CoordinatedShutdown.get(system)
        .runAll(CoordinatedShutdown.actorSystemTerminateReason())
        .toCompletableFuture()
        .join();
    closed.join();
  }
}
