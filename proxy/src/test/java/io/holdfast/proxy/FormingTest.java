// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.holdfast.devservers.FreePorts;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Nodes that find each other by a name. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FormingTest {

  private static final String NAME = "holdfast.test";

  private final NameServer names = new NameServer();
  private final List<ProxyNode> nodes = new ArrayList<>();

  @AfterEach
  void stop() {
    nodes.forEach(ProxyNode::close);
    names.close();
  }

  private Config byName(String portName) {
    return ConfigFactory.parseMap(
        Map.of(
            "holdfast.store",
            "memory",
            "holdfast.cluster.forming",
            "dns",
            "holdfast.cluster.discovery.service-name",
            NAME,
            "holdfast.cluster.discovery.port-name",
            portName,
            "holdfast.cluster.discovery.stable-for",
            "500 ms",
            "akka.io.dns.async-dns",
            Map.of(
                "nameservers", List.of(names.address()), "search-domains", List.of(), "ndots", 1)));
  }

  private void assertOneCluster() {
    nodes.forEach(ProxyNode::awaitReady);
    for (ProxyNode node : nodes) {
      Eventually.holds("all are members", () -> node.cluster().get("members").size() == 2);
    }
  }

  @Test
  void nodes_find_each_other_by_the_addresses_of_a_name() throws Exception {
    int port = FreePorts.next(InetAddress.getByName("127.0.0.2"));
    names.addresses(NAME, "127.0.0.2", "127.0.0.3");
    for (String host : List.of("127.0.0.2", "127.0.0.3")) {
      nodes.add(
          ProxyNode.starting(
              byName(""), Map.of("holdfast.cluster.host", host, "holdfast.management.port", port)));
    }
    assertOneCluster();
  }

  @Test
  void nodes_find_each_other_by_the_ports_of_a_service() {
    int one = FreePorts.next();
    int two = FreePorts.next();
    names.services("_management._tcp." + NAME, "localhost:" + one, "localhost:" + two);
    names.addresses("localhost", "127.0.0.1");
    for (int port : new int[] {one, two}) {
      nodes.add(
          ProxyNode.starting(
              byName("management"),
              Map.of("holdfast.cluster.host", "localhost", "holdfast.management.port", port)));
    }
    assertOneCluster();
  }

  @Test
  void a_node_that_finds_too_few_others_is_not_ready_and_founds_nothing() throws Exception {
    int port = FreePorts.next(InetAddress.getByName("127.0.0.2"));
    names.addresses(NAME, "127.0.0.2");
    var alone =
        ProxyNode.starting(
            byName(""),
            Map.of("holdfast.cluster.host", "127.0.0.2", "holdfast.management.port", port));
    nodes.add(alone);
    var ready = alone.page("/ready");
    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(alone.cluster().get("members")).isEmpty();
    // It is found as soon as there is another.
    names.addresses(NAME, "127.0.0.2", "127.0.0.3");
    nodes.add(
        ProxyNode.starting(
            byName(""),
            Map.of("holdfast.cluster.host", "127.0.0.3", "holdfast.management.port", port)));
    assertOneCluster();
  }

  @Test
  void a_node_that_others_cannot_reach_by_its_host_does_not_start() {
    assertThatThrownBy(() -> ProxyNode.start(byName(""), Map.of()))
        .isInstanceOf(StartupException.class)
        .hasMessage(
            "holdfast.cluster.host (HOLDFAST_CLUSTER_HOST) is still 127.0.0.1, where other nodes"
                + " cannot reach this one: with holdfast.cluster.forming = dns, set it to this"
                + " node's own name or address");
  }

  @Test
  void a_way_that_is_none_stops_the_start_with_one_sentence() {
    assertThatThrownBy(
            () -> ProxyNode.start(byName(""), Map.of("holdfast.cluster.forming", "luck")))
        .hasMessage("holdfast.cluster.forming must be seed-nodes, dns or kubernetes but is luck");
  }
}
