// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance;

import com.typesafe.config.ConfigFactory;
import io.holdfast.conformance.functionside.ProxySubject;
import io.holdfast.proxy.Proxy;
import io.holdfast.proxy.ProxyConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Our proxy on the embedded store. */
record RunningProxy(Proxy proxy) implements ProxySubject.Running {

  /** Returns once it is ready. */
  static RunningProxy start(int functionPort, Path data) {
    var running = start(functionPort, data, Duration.ofSeconds(20));
    running.awaitReady();
    return running;
  }

  static RunningProxy start(int functionPort, Path data, Duration answerTimeout) {
    return new RunningProxy(
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
                        "holdfast.entity.answer-timeout",
                        answerTimeout,
                        "holdfast.persistence.embedded.directory",
                        data.toString())))));
  }

  @Override
  public void awaitReady() {
    proxy.ready().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Override
  public int port() {
    return proxy.port();
  }

  CompletionStage<Void> nextDiscovery() {
    return proxy.nextDiscovery();
  }

  @Override
  public void close() {
    proxy.close();
  }
}
