// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit.junit;

import com.typesafe.config.ConfigFactory;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.holdfast.proxy.Proxy;
import io.holdfast.proxy.ProxyConfig;
import io.holdfast.sdk.Function;
import io.holdfast.sdk.RunningFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A running function and the proxy beside it. */
final class Pair implements AutoCloseable {

  private static final String LOOPBACK = "127.0.0.1";
  private static final long PATIENCE_SECONDS = 60;

  private Function function;
  private final Map<String, Object> settings;
  private final Path data;
  private RunningFunction runningFunction;
  private Proxy proxy;
  private final ManagedChannel channel;

  static Pair start(Function function, Map<String, Object> settings) {
    try {
      return new Pair(function, settings, Files.createTempDirectory("holdfast-test"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Pair(Function function, Map<String, Object> settings, Path data) {
    this.function = function.host(LOOPBACK);
    this.settings = settings;
    this.data = data;
    runningFunction = this.function.port(0).start();
    try {
      proxy = startProxy(0);
    } catch (RuntimeException e) {
      runningFunction.close();
      deleteData();
      throw e;
    }
    channel =
        Grpc.newChannelBuilderForAddress(
                LOOPBACK, proxy.port(), InsecureChannelCredentials.create())
            .build();
  }

  private Proxy startProxy(int port) {
    Map<String, Object> all = new HashMap<>();
    all.put("holdfast.http.host", LOOPBACK);
    all.put("holdfast.http.port", port);
    all.put("holdfast.function.host", LOOPBACK);
    all.put("holdfast.function.port", runningFunction.port());
    all.put("holdfast.persistence.embedded.directory", data.toString());
    all.putAll(settings);
    Proxy started = Proxy.start(ProxyConfig.load(ConfigFactory.parseMap(all)));
    try {
      await(started.ready(), "the proxy is not ready");
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
    return started;
  }

  ManagedChannel channel() {
    return channel;
  }

  URI http() {
    return URI.create("http://" + LOOPBACK + ":" + proxy.port() + "/");
  }

  void restartProxy() {
    int port = proxy.port();
    proxy.close();
    proxy = startProxy(port);
    // A client that has lost its server may take its time to look for it again.
    channel.resetConnectBackoff();
  }

  void restartFunction(Function next) {
    function = next.host(LOOPBACK);
    restartFunction();
  }

  void restartFunction() {
    CompletionStage<Void> found = proxy.nextDiscovery();
    int port = runningFunction.port();
    runningFunction.close();
    runningFunction = function.port(port).start();
    await(found, "the proxy did not find the restarted function");
  }

  @Override
  public void close() {
    channel.shutdownNow();
    proxy.close();
    runningFunction.close();
    deleteData();
  }

  private void deleteData() {
    try (var files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(CompletionStage<Void> stage, String otherwise) {
    try {
      stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new IllegalStateException(otherwise + ": " + cause.getMessage(), cause);
    } catch (TimeoutException e) {
      throw new IllegalStateException(otherwise + " within " + PATIENCE_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(otherwise, e);
    }
  }
}
