// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.protocol.ServiceInfo;
import io.holdfast.proxy.discovery.FunctionSpec;
import io.holdfast.proxy.frontend.Frontend;
import io.holdfast.proxy.frontend.Readiness;
import io.holdfast.proxy.metrics.FunctionMeters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ConnectedFunctionTest {

  private static final FunctionSpec NOTHING =
      new FunctionSpec(ServiceInfo.getDefaultInstance(), List.of(), List.of());

  @Test
  void who_hears_that_it_is_served_may_wait_for_the_next_discovery() {
    var eventLoops = Frontend.eventLoops(1);
    var config = ProxyConfig.load().getConfig("holdfast");
    try (var function =
        new ConnectedFunction(
            "function",
            config,
            eventLoops,
            new Readiness(),
            new FunctionMeters(new SimpleMeterRegistry()),
            served -> {})) {
      var next = new CompletableFuture<CompletableFuture<Void>>();
      var unused =
          function
              .served()
              .thenRun(() -> next.complete(function.nextDiscovery().toCompletableFuture()));
      function.discovered(NOTHING);
      assertThat(next.join()).isNotDone();
      function.discovered(NOTHING);
      assertThat(next.join()).isDone();
    } finally {
      var ended = eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
      assertThat(ended.awaitUninterruptibly(20, TimeUnit.SECONDS)).isTrue();
    }
  }
}
