// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

import akka.actor.ActorSystem;
import akka.cluster.Cluster;
import akka.cluster.ClusterEvent.CurrentClusterState;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import io.holdfast.proxy.cluster.ClusterNode;
import io.holdfast.proxy.cluster.standing.Standing;
import io.holdfast.proxy.command.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Words for why a command has not come to its entity, as far as this node can tell. */
final class Obstacles {

  private final ActorSystem system;
  private final EntityShards shards;
  private final Standing standing;
  private final Placements placements;

  Obstacles(ActorSystem system, EntityShards shards, Standing standing, Placements placements) {
    this.system = system;
    this.shards = shards;
    this.standing = standing;
    this.placements = placements;
  }

  /** Why a command has found no node in that time. */
  String why(Command command, Duration waited) {
    return "its shard "
        + shards.shardOf(command.entity().key())
        + " had no node for "
        + waited.toMillis()
        + " ms: "
        + reason()
        + "; nothing happened";
  }

  /** Why it is no use to wait for a node for that command's shard; empty when it may be. */
  Optional<String> unplaced(Command command) {
    return placements.obstacle(command.entity().entityType());
  }

  private String reason() {
    Cluster cluster = Cluster.get(system);
    if (cluster.isTerminated() || cluster.selfMember().status().equals(MemberStatus.removed())) {
      return "this node is not in its cluster";
    }
    Optional<String> doubt = standing.obstacle();
    if (doubt.isPresent()) {
      return doubt.get();
    }
    CurrentClusterState state = cluster.state();
    List<String> unreachable = new ArrayList<>();
    state.getUnreachable().forEach(member -> unreachable.add(name(member)));
    if (!unreachable.isEmpty()) {
      unreachable.sort(null);
      return "this node cannot reach " + String.join(", ", unreachable);
    }
    if (cluster.selfMember().status().equals(MemberStatus.joining())
        || cluster.selfMember().status().equals(MemberStatus.weaklyUp())) {
      return "this node is still joining its cluster";
    }
    return "it is being handed over, or the node that places shards does not answer";
  }

  /** That a node which has the command has not answered in that time. */
  String silence(String node, Duration waited) {
    boolean unreachable =
        Cluster.get(system).state().getUnreachable().stream()
            .anyMatch(member -> name(member).equals(node));
    return "node "
        + (node.isEmpty() ? "" : node + " ")
        + (unreachable ? "cannot be reached, and " : "")
        + "has not answered for "
        + waited.toMillis()
        + " ms; the outcome is unknown";
  }

  private static String name(Member member) {
    return ClusterNode.name(member.address());
  }
}
