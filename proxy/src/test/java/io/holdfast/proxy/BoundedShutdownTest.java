// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A shutdown in which something does not end. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BoundedShutdownTest {

  @Test
  void a_proxy_closes_although_akka_waits_for_something_that_does_not_end() throws Exception {
    var settings =
        ConfigFactory.parseMap(
                Map.of(
                    "holdfast.store",
                    "memory",
                    "akka.coordinated-shutdown.phases.actor-system-terminate.timeout",
                    "300 ms"))
            .withFallback(HeldTermination.settings());
    try (var node = ProxyNode.start(settings, Map.of())) {
      HeldTermination held = HeldTermination.take();
      try {
        CompletableFuture.runAsync(node.proxy()::close).get(20, TimeUnit.SECONDS);
        assertThat(node.proxy().closed()).isCompleted();
        assertThat(held.isTerminated()).isFalse();
      } finally {
        held.letGo();
      }
    }
  }
}
