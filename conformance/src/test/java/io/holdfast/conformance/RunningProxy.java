// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance;

import com.typesafe.config.ConfigFactory;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.holdfast.proxy.Proxy;
import io.holdfast.proxy.ProxyConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Our proxy on the embedded store, ready, and a client's channel to it. */
record RunningProxy(Proxy proxy, ManagedChannel clients) implements AutoCloseable {

  static RunningProxy start(int functionPort, Path data) {
    var proxy =
        Proxy.start(
            ProxyConfig.load(
                ConfigFactory.parseMap(
                    Map.of(
                        "holdfast.http.host",
                        "127.0.0.1",
                        "holdfast.http.port",
                        0,
                        "holdfast.function.port",
                        functionPort,
                        "holdfast.persistence.embedded.directory",
                        data.toString()))));
    proxy.ready().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    return new RunningProxy(
        proxy,
        Grpc.newChannelBuilderForAddress(
                "127.0.0.1", proxy.port(), InsecureChannelCredentials.create())
            .build());
  }

  Channel channel() {
    return clients;
  }

  CompletionStage<Void> nextDiscovery() {
    return proxy.nextDiscovery();
  }

  @Override
  public void close() {
    clients.shutdownNow();
    proxy.close();
  }
}
