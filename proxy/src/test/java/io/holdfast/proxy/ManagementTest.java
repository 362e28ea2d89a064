// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.proxy.example.AddToCounter;
import io.holdfast.proxy.example.CountersGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The operators' port of a node that is a cluster of its own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ManagementTest {

  private static final Config IN_MEMORY =
      ConfigFactory.parseMap(Map.of("holdfast.store", "memory", "holdfast.cluster.shards", 4));

  @Test
  void the_cluster_page_names_members_and_counts_shards() {
    try (var node = ProxyNode.start(IN_MEMORY, Map.of())) {
      node.add("a", 1);
      JsonNode cluster = node.cluster();
      String self = cluster.get("self").textValue();
      assertThat(self).matches("127\\.0\\.0\\.1:\\d+");
      assertThat(cluster.get("leader").textValue()).isEqualTo(self);
      assertThat(cluster.get("members"))
          .hasSize(1)
          .allSatisfy(
              member -> {
                assertThat(member.get("address").textValue()).isEqualTo(self);
                assertThat(member.get("status").textValue()).isEqualTo("Up");
                assertThat(member.get("reachable").booleanValue()).isTrue();
                assertThat(member.get("roles")).isEmpty();
              });
      assertThat(cluster.get("shards").get("counter").get(self).intValue()).isEqualTo(1);
      assertThat(cluster.get("unknown")).isEmpty();
    }
  }

  @Test
  void a_node_that_knows_nothing_of_others_tells_its_own_shards() {
    try (var alone =
        ProxyNode.starting(IN_MEMORY, Map.of("holdfast.cluster.seed-nodes", "127.0.0.1:1"))) {
      Eventually.holds(
          "the function was found", () -> alone.cluster().at("/unknown/0").isTextual());
      JsonNode cluster = alone.cluster();
      assertThat(cluster.at("/unknown/0").textValue()).isEqualTo("counter");
      assertThat(cluster.at("/shards/counter"))
          .isEqualTo(JsonNodeFactory.instance.objectNode().put(alone.address(), 0));
    }
  }

  @Test
  void operators_read_why_the_store_is_out_of_reach_before_it_was_ever_open() {
    Config away =
        ConfigFactory.parseMap(
            Map.of("holdfast.store", "cassandra", "holdfast.persistence.cassandra.port", 1));
    try (var node = ProxyNode.starting(away, Map.of())) {
      assertThat(node.page("/ready").statusCode()).isEqualTo(503);
      assertThat(node.page("/ready").body())
          .startsWith("the store is out of reach: The Cassandra store at 127.0.0.1:1 cannot be")
          .doesNotContain("TLS");
    }
  }

  @Test
  void the_entities_page_says_what_holds_an_entity_up() {
    try (var node = ProxyNode.start(IN_MEMORY, Map.of())) {
      node.add("quick", 1);
      node.function().serve(() -> (message, toProxy) -> {});
      var clients = CountersGrpc.newFutureStub(node.channel());
      var command = AddToCounter.newBuilder().setCounterId("stuck").setAmount(1).build();
      var asked = clients.add(command);
      var waiting = clients.add(command);
      Eventually.holds(
          "one command is asked, another waits",
          () -> node.json("/entities").at("/counter/longest/0/waiting").intValue() == 1);

      JsonNode counters = node.json("/entities").get("counter");
      assertThat(counters.get("live").intValue()).isEqualTo(2);
      assertThat(counters.get("heldUp").intValue()).isEqualTo(1);
      assertThat(counters.get("longest"))
          .singleElement()
          .satisfies(
              stuck -> {
                assertThat(stuck.get("key").textValue()).isEqualTo("stuck");
                assertThat(stuck.get("by").textValue())
                    .matches("the function has been at Add for \\d+ ms");
              });
      assertThat(asked).isNotDone();
      assertThat(waiting).isNotDone();
      // With the function gone, nothing is stuck any more that the end of the node would wait for.
      node.function().down();
    }
  }

  @Test
  void probes_are_answered_and_other_pages_are_not_there() {
    try (var node = ProxyNode.start(IN_MEMORY, Map.of())) {
      assertThat(node.page("/live").statusCode()).isEqualTo(200);
      assertThat(node.page("/ready").body()).isEqualTo("ready\n");
      assertThat(node.page("/nothing").statusCode()).isEqualTo(404);
      node.function().down();
      Eventually.holds(
          "not ready without a function", () -> node.page("/ready").statusCode() == 503);
      assertThat(node.page("/ready").body()).startsWith("the function is not reachable");
    }
  }

  @Test
  void the_port_is_closed_unless_it_is_asked_for() {
    try (var node = ProxyNode.start(IN_MEMORY, Map.of("holdfast.management.port", "off"))) {
      assertThat(node.proxy().managementPort()).isEmpty();
    }
  }

  @Test
  void a_taken_port_stops_the_start_with_one_sentence() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () ->
                  ProxyNode.start(
                      IN_MEMORY, Map.of("holdfast.management.port", taken.getLocalPort())))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("HOLDFAST_MANAGEMENT_PORT");
    }
  }

  @Test
  void a_port_that_is_none_stops_the_start_with_one_sentence() {
    assertThatThrownBy(
            () -> ProxyNode.start(IN_MEMORY, Map.of("holdfast.management.port", "often")))
        .hasMessage("holdfast.management.port must be off or between 0 and 65535 but is often");
  }
}
