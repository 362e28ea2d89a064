// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.holdfast.protocol.EntitySpec;
import io.holdfast.proxy.example.AddToCounter;
import io.holdfast.proxy.example.CountersGrpc;
import io.holdfast.proxy.example.CountersGrpc.CountersBlockingStub;
import io.holdfast.proxy.function.ScriptedFunction;
import io.holdfast.proxy.text.AddressText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A proxy that may be one of several in this JVM, with a function and a client of its own. */
final class ProxyNode implements AutoCloseable {

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final long PATIENCE_SECONDS = 60;

  private final ScriptedFunction function;
  private final Proxy proxy;
  private final ManagedChannel channel;
  private final String host;

  private ProxyNode(Config shared, Map<String, Object> own, EntitySpec spec) {
    function = ScriptedFunction.up(spec);
    function.serve(CounterFunction::new);
    var settings =
        ConfigFactory.parseMap(own)
            .withFallback(shared)
            .withFallback(
                ConfigFactory.parseMap(
                    Map.of(
                        "holdfast.http.host",
                        "127.0.0.1",
                        "holdfast.http.port",
                        0,
                        "holdfast.management.port",
                        0,
                        "holdfast.function.port",
                        function.port())));
    Config config = ProxyConfig.load(settings);
    host = config.getString("holdfast.management.host");
    proxy = Proxy.start(config);
    channel =
        Grpc.newChannelBuilderForAddress(
                config.getString("holdfast.http.host"),
                proxy.port(),
                InsecureChannelCredentials.create())
            .build();
  }

  /** One that goes on to join and to find its function. */
  static ProxyNode starting(Config shared, Map<String, Object> own) {
    return starting(shared, own, CounterFunction.spec(LONG));
  }

  /** The same, with a function that announces that. */
  static ProxyNode starting(Config shared, Map<String, Object> own, EntitySpec spec) {
    return new ProxyNode(shared, own, spec);
  }

  /** One that is ready. */
  static ProxyNode start(Config shared, Map<String, Object> own) {
    var node = starting(shared, own);
    node.awaitReady();
    return node;
  }

  void awaitReady() {
    try {
      proxy.ready().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the node did not become ready: " + page("/ready"), e);
    }
  }

  Proxy proxy() {
    return proxy;
  }

  ScriptedFunction function() {
    return function;
  }

  ManagedChannel channel() {
    return channel;
  }

  CountersBlockingStub counters() {
    return CountersGrpc.newBlockingStub(channel);
  }

  /** Adds to a counter through this node; its new total. */
  long add(String counter, long amount) {
    return counters()
        .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .add(AddToCounter.newBuilder().setCounterId(counter).setAmount(amount).build())
        .getTotal();
  }

  /** How others in the cluster call it: {@code host:port}. */
  String address() {
    return cluster().get("self").textValue();
  }

  /** The cluster, as this node sees it. */
  JsonNode cluster() {
    return json("/cluster");
  }

  JsonNode json(String path) {
    try {
      return new ObjectMapper().readTree(page(path).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpResponse<String> page(String path) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(
                      URI.create(
                          "http://"
                              + AddressText.of(host, proxy.managementPort().orElseThrow())
                              + path))
                  .timeout(Duration.ofSeconds(20))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Shuts the proxy down gracefully, then its function. */
  @Override
  public void close() {
    channel.shutdownNow();
    proxy.close();
    function.close();
  }
}
