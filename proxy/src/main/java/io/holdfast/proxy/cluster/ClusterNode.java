// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster;

import akka.actor.ActorSystem;
import akka.actor.Address;
import akka.cluster.Cluster;
import akka.management.cluster.bootstrap.ClusterBootstrap;
import com.typesafe.config.Config;
import io.holdfast.proxy.cluster.standing.SecondCluster;
import io.holdfast.proxy.cluster.standing.StandingSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node's membership. */
public final class ClusterNode {

  private static final Logger log = LoggerFactory.getLogger(ClusterNode.class);
  private static final String HOST_LEFT_ALONE = "127.0.0.1";

  private final Cluster cluster;
  private final CompletableFuture<Void> up = new CompletableFuture<>();

  private ClusterNode(ActorSystem system) {
    this.cluster = Cluster.get(system);
    cluster.registerOnMemberUp(() -> up.complete(null));
  }

  /**
   * Joins the cluster, found as {@link Forming} says. With seed nodes and none named, becomes a
   * cluster of one.
   *
   * @param settings {@code holdfast.cluster}
   * @throws IllegalArgumentException when a setting is wrong
   */
  public static ClusterNode join(ActorSystem system, Config settings) {
    var node = new ClusterNode(system);
    Forming forming = Forming.from(settings);
    refuseIfOutOfReach(forming, settings.getString("host"));
    warnIfExposed(node.cluster.selfAddress(), settings.getBoolean("tls.enabled"));
    if (forming.discovers()) {
      ClusterBootstrap.get(system).start();
    } else {
      List<Address> seeds = seeds(system, settings.getString("seed-nodes"));
      node.join(seeds);
      SecondCluster.watch(
          system, seeds, StandingSettings.from(system.settings().config()).patience());
    }
    WaitingToJoin.watch(system, node.up, forming.waitingFor(settings));
    return node;
  }

  // Found on other machines, it would tell them to reach it on theirs. To say localhost instead is
  // to mean it.
  private static void refuseIfOutOfReach(Forming forming, String host) {
    if (forming.discovers() && host.equals(HOST_LEFT_ALONE)) {
      throw new IllegalArgumentException(
          "holdfast.cluster.host (HOLDFAST_CLUSTER_HOST) is still "
              + HOST_LEFT_ALONE
              + ", where other nodes cannot reach this one: with holdfast.cluster.forming = "
              + forming
              + ", set it to this node's own name or address");
    }
  }

  private static void warnIfExposed(Address self, boolean encrypted) {
    String host = self.getHost().orElse("");
    try {
      if (!encrypted && !InetAddress.getByName(host).isLoopbackAddress()) {
        log.warn(
            "What this node and others say to each other on {} is neither encrypted nor"
                + " authenticated: set holdfast.cluster.tls.enabled (HOLDFAST_CLUSTER_TLS), or let"
                + " only nodes reach that port",
            name(self));
      }
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "holdfast.cluster.host (HOLDFAST_CLUSTER_HOST) is no host that is known here: " + host,
          e);
    }
  }

  private void join(List<Address> seeds) {
    if (seeds.isEmpty()) {
      cluster.join(cluster.selfAddress());
    } else {
      cluster.joinSeedNodes(seeds);
    }
  }

  private static List<Address> seeds(ActorSystem system, String list) {
    var seeds = new ArrayList<Address>();
    for (String element : list.split(",", -1)) {
      String seed = element.strip();
      if (seed.isEmpty()) {
        continue;
      }
      int colon = seed.lastIndexOf(':');
      boolean named = colon >= 1 && seed.substring(colon + 1).matches("\\d{1,5}");
      // Akka, too, has an address of IPv6 in brackets.
      if (!named || (seed.indexOf(':') != colon && !seed.matches("\\[[^\\[\\]]+]:\\d+"))) {
        throw new IllegalArgumentException(
            "holdfast.cluster.seed-nodes must be host:port, separated by commas, an address of IPv6"
                + " in brackets, but has \""
                + seed
                + "\"");
      }
      seeds.add(
          new Address(
              "akka",
              system.name(),
              seed.substring(0, colon),
              Integer.parseInt(seed.substring(colon + 1))));
    }
    return seeds;
  }

  /** How a node is named to people: {@code host:port}. */
  public static String name(Address address) {
    return address.getHost().orElse("?") + ":" + address.getPort().orElse(0);
  }

  /** Completes once this node is a member in full. */
  public CompletionStage<Void> up() {
    return up;
  }
}
