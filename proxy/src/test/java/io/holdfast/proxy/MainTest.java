// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.protocol.EntitySpec;
import io.holdfast.proxy.function.ScriptedFunction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proxy as a process of its own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MainTest {

  private static final EntitySpec COUNTERS = CounterFunction.spec(Duration.ofMinutes(10));

  @TempDir private Path folder = Path.of("");

  @Test
  void a_refused_function_ends_it_with_code_1_and_all_that_is_wrong() throws Exception {
    EntitySpec refused =
        COUNTERS.toBuilder()
            .addEntities(
                COUNTERS.getEntities(0).toBuilder()
                    .setServiceName("example.Missing")
                    .setPersistenceId("missing"))
            .build();
    try (ScriptedFunction function = ScriptedFunction.up(refused)) {
      try (var proxy =
          new ProxyProcess(
              folder, Map.of("USER_FUNCTION_PORT", Integer.toString(function.port())), Map.of())) {
        // Less than any time-out of a shutdown that waits for itself.
        assertThat(proxy.exitCode()).isEqualTo(1);
        assertThat(proxy.errors())
            .contains("holdfast: The function cannot be served:")
            .contains("example.Missing");
      }
    }
  }

  @Test
  void a_node_that_may_not_join_its_cluster_ends_with_code_3_and_says_why() throws Exception {
    try (var node = ProxyNode.start(inMemory(), Map.of());
        var other =
            new ProxyProcess(
                folder,
                Map.of(
                    "USER_FUNCTION_PORT",
                    Integer.toString(node.function().port()),
                    "HOLDFAST_CLUSTER_SEED_NODES",
                    node.address(),
                    "HOLDFAST_CLUSTER_SHARDS",
                    "5"),
                Map.of())) {
      assertThat(other.exitCode()).isEqualTo(3);
      assertThat(other.errors())
          .contains("holdfast: this node may not join its cluster")
          .contains("HOLDFAST_CLUSTER_SHARDS");
    }
  }

  private static Config inMemory() {
    return ConfigFactory.parseMap(Map.of("holdfast.store", "memory", "holdfast.cluster.shards", 4));
  }
}
