// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster;

import akka.actor.ActorSystem;
import akka.actor.Address;
import akka.cluster.Cluster;
import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** This node's membership. */
public final class ClusterNode {

  private final Cluster cluster;
  private final CompletableFuture<Void> up = new CompletableFuture<>();

  private ClusterNode(ActorSystem system) {
    this.cluster = Cluster.get(system);
    cluster.registerOnMemberUp(() -> up.complete(null));
  }

  /**
   * Joins the cluster that {@code holdfast.cluster.seed-nodes} names, a list of {@code host:port}
   * separated by commas; with none, becomes a cluster of one.
   */
  public static ClusterNode join(ActorSystem system, Config clusterConfig) {
    var node = new ClusterNode(system);
    List<Address> seeds = seeds(system, clusterConfig.getString("seed-nodes"));
    if (seeds.isEmpty()) {
      node.cluster.join(node.cluster.selfAddress());
    } else {
      node.cluster.joinSeedNodes(seeds);
    }
    return node;
  }

  private static List<Address> seeds(ActorSystem system, String list) {
    var seeds = new ArrayList<Address>();
    for (String element : list.split(",", -1)) {
      String seed = element.strip();
      if (seed.isEmpty()) {
        continue;
      }
      int colon = seed.lastIndexOf(':');
      if (colon < 1 || !seed.substring(colon + 1).matches("\\d{1,5}")) {
        throw new IllegalArgumentException(
            "holdfast.cluster.seed-nodes must be host:port, separated by commas, but has \""
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

  /** Completes once this node is a member in full. */
  public CompletionStage<Void> up() {
    return up;
  }
}
