// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import com.typesafe.config.Config;
import io.grpc.Channel;
import io.holdfast.proxy.discovery.FunctionSpec;
import io.holdfast.proxy.discovery.SpecCheck;
import io.holdfast.proxy.entity.FunctionPort;
import io.holdfast.proxy.frontend.Frontend;
import io.holdfast.proxy.frontend.Readiness;
import io.holdfast.proxy.function.DiscoverySettings;
import io.holdfast.proxy.function.FunctionConnection;
import io.holdfast.proxy.function.FunctionListener;
import io.holdfast.proxy.function.FunctionSettings;
import io.holdfast.proxy.function.MessageLimit;
import io.holdfast.proxy.metrics.FunctionMeters;
import io.netty.channel.EventLoopGroup;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The function beside this proxy: leads to it, and passes on what it serves. */
final class ConnectedFunction implements FunctionPort, FunctionListener, AutoCloseable {

  private final String part;
  private final Readiness readiness;
  private final Consumer<FunctionSpec> serve;
  private final FunctionMeters meters;
  private final FunctionConnection connection;
  private final CompletableFuture<Void> served = new CompletableFuture<>();
  private volatile CompletableFuture<Void> nextDiscovery = new CompletableFuture<>();
  private final int assumedMessageBytesMax;
  private volatile String version = "";
  private volatile int messageBytesMax;

  /**
   * @param part what it is called where the readiness of the node is told
   * @param serve called with what the function serves, each time it was discovered
   */
  ConnectedFunction(
      String part,
      Config holdfast,
      EventLoopGroup eventLoops,
      Readiness readiness,
      FunctionMeters meters,
      Consumer<FunctionSpec> serve) {
    this.part = part;
    this.readiness = readiness;
    this.meters = meters;
    this.serve = serve;
    var settings = FunctionSettings.from(holdfast.getConfig("function"));
    this.assumedMessageBytesMax = settings.assumedMessageBytesMax();
    this.messageBytesMax = assumedMessageBytesMax;
    var discovery = DiscoverySettings.from(holdfast.getConfig("discovery"));
    this.connection =
        new FunctionConnection(
            settings,
            discovery,
            new SpecCheck(discovery.checkVersion(), holdfast.getDuration("entity.passivate-after")),
            eventLoops,
            this);
    readiness.obstruct(part, "no function is connected yet");
  }

  void start() {
    connection.start();
  }

  /** Completes when the first function was discovered; fails when that was refused. */
  CompletionStage<Void> served() {
    return served;
  }

  /** Completes when a function is discovered after this call. */
  CompletionStage<Void> nextDiscovery() {
    return nextDiscovery;
  }

  @Override
  public void discovered(FunctionSpec spec) {
    List<String> problems = Frontend.problems(spec);
    if (!problems.isEmpty()) {
      // It costs those routes and nothing else: gRPC does not need them.
      reportError(String.join("\n", problems));
    }
    version = spec.info().getServiceVersion();
    messageBytesMax = MessageLimit.of(spec.info(), assumedMessageBytesMax);
    serve.accept(spec);
    readiness.clear(part);
    meters.discovered();
    // Before it is said to be served: who hears that may wait for the next discovery, not this one.
    var awaited = nextDiscovery;
    nextDiscovery = new CompletableFuture<>();
    awaited.complete(null);
    served.complete(null);
  }

  @Override
  public void refused(List<String> problems) {
    meters.refused();
    readiness.obstruct(part, "the function cannot be served: " + problems.get(0));
    served.completeExceptionally(StartupException.functionRefused(problems));
  }

  @Override
  public void lost(String reason) {
    meters.lost();
    readiness.obstruct(part, "the function is not reachable: " + reason);
  }

  @Override
  public Channel channel() {
    return connection.channel();
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public int messageBytesMax() {
    return messageBytesMax;
  }

  @Override
  public void reportError(String sentence) {
    meters.reported();
    connection.reportError(sentence);
  }

  @Override
  public void close() {
    connection.close();
  }
}
