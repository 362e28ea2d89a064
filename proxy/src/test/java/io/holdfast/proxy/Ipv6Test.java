// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.holdfast.devservers.FreePorts;
import io.holdfast.proxy.example.AddToCounter;
import io.holdfast.proxy.example.CountersGrpc;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Every port of a node, and its function's, at an address of IPv6. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class Ipv6Test {

  private static final Config SHARED =
      ConfigFactory.parseMap(Map.of("holdfast.store", "memory", "holdfast.cluster.shards", 8));

  private final List<ProxyNode> nodes = new ArrayList<>();

  @BeforeEach
  void needsIpv6() {
    assumeTrue(hasIpv6(), "this machine has no IPv6");
  }

  private static boolean hasIpv6() {
    var loopback = new byte[16];
    loopback[15] = 1;
    try (var socket = new ServerSocket(0, 1, InetAddress.getByAddress(loopback))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  @AfterEach
  void stop() {
    nodes.forEach(ProxyNode::close);
  }

  private ProxyNode start(String host, int clusterPort, String seeds) {
    return start(host, host, clusterPort, seeds);
  }

  private ProxyNode start(String httpHost, String host, int clusterPort, String seeds) {
    ProxyNode node =
        ProxyNode.start(
            SHARED,
            Map.of(
                "holdfast.http.host", httpHost,
                "holdfast.function.host", host,
                "holdfast.cluster.host", host,
                "holdfast.cluster.port", clusterPort,
                "holdfast.cluster.alone-after", "1s",
                "holdfast.cluster.seed-nodes", seeds));
    nodes.add(node);
    return node;
  }

  @Test
  void two_nodes_form_a_cluster_and_serve_with_brackets_and_without() {
    int first = FreePorts.next();
    int second = FreePorts.next();
    // The first founds the cluster, since it finds itself among the seed nodes.
    String seeds = "[::1]:%d, [::1]:%d".formatted(first, second);
    ProxyNode one = start("::1", first, seeds);
    ProxyNode two = start("[::1]", second, seeds);
    assertThat(one.address()).isEqualTo("[::1]:" + first);
    assertThat(two.address()).isEqualTo("[::1]:" + second);
    for (int i = 0; i < 16; i++) {
      assertThat(one.add("counter-" + i, 1)).isEqualTo(1);
      assertThat(two.add("counter-" + i, 1)).isEqualTo(2);
    }
    assertThat(one.cluster().get("members")).hasSize(2);
    assertThat(two.page("/ready").body()).isEqualToIgnoringWhitespace("ready");
  }

  @Test
  void the_address_that_is_all_of_them_serves_both_families() {
    ProxyNode node = start("::", "::1", 0, "");
    for (String host : List.of("127.0.0.1", "::1")) {
      ManagedChannel channel =
          Grpc.newChannelBuilderForAddress(
                  host, node.proxy().port(), InsecureChannelCredentials.create())
              .build();
      try {
        var add = AddToCounter.newBuilder().setCounterId(host).setAmount(1).build();
        assertThat(CountersGrpc.newBlockingStub(channel).add(add).getTotal()).isEqualTo(1);
      } finally {
        channel.shutdownNow();
      }
    }
  }

  @Test
  void a_seed_node_without_brackets_is_refused_with_what_to_write() {
    assertThatThrownBy(() -> start("::1", 0, "::1:2552"))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("an address of IPv6 in brackets, but has \"::1:2552\"");
  }
}
