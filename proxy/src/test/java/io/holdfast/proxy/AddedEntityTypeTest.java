// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.holdfast.protocol.EntitySpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** An update adds an entity type: at first, only the newer of two nodes has it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AddedEntityTypeTest {

  private static final Config SHARED =
      ConfigFactory.parseMap(Map.of("holdfast.store", "memory", "holdfast.cluster.shards", 8));

  private final List<ProxyNode> nodes = new ArrayList<>();

  @AfterEach
  void stop() {
    nodes.forEach(ProxyNode::close);
  }

  private ProxyNode start(String type, String seeds) {
    EntitySpec counters = CounterFunction.spec(Duration.ofMinutes(10));
    EntitySpec spec =
        counters.toBuilder()
            .setEntities(0, counters.getEntities(0).toBuilder().setPersistenceId(type))
            .build();
    ProxyNode node = ProxyNode.starting(SHARED, Map.of("holdfast.cluster.seed-nodes", seeds), spec);
    nodes.add(node);
    node.awaitReady();
    return node;
  }

  @Test
  void calls_of_a_type_that_the_oldest_node_does_not_have_are_refused_until_it_is_gone() {
    ProxyNode old = start("before", "");
    ProxyNode young = start("added", old.address());

    Status refused = add(young);

    assertThat(refused.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(refused.getDescription())
        .isEqualTo(
            "added/x Add: its shards would be placed by node "
                + old.address()
                + ", whose function does not have entity type added; nothing happened");
    assertThat(old.add("y", 3)).isEqualTo(3);

    nodes.remove(old);
    old.close();
    Eventually.holds("an answer", () -> add(young).isOk());
    assertThat(young.add("x", 0)).isPositive();
  }

  private static Status add(ProxyNode node) {
    try {
      node.add("x", 1);
      return Status.OK;
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
  }
}
