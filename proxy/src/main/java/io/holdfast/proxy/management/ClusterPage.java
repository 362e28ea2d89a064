// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.management;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.actor.Address;
import akka.cluster.Cluster;
import akka.cluster.ClusterEvent.CurrentClusterState;
import akka.cluster.Member;
import akka.cluster.sharding.ClusterSharding;
import akka.cluster.sharding.ShardRegion;
import akka.cluster.sharding.ShardRegion.ClusterShardingStats;
import akka.cluster.sharding.ShardRegion.GetClusterShardingStats;
import akka.cluster.sharding.ShardRegion.ShardRegionStats;
import akka.pattern.Patterns;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.proxy.cluster.ClusterNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import scala.concurrent.duration.FiniteDuration;

/**
 * The cluster as this node sees it: its members, and how many shards of each entity type each node
 * has. Programs read it, so its fields stay:
 *
 * <pre>
 * {"self": "10.0.0.1:2551", "leader": "10.0.0.1:2551",
 *  "members": [{"address": "10.0.0.1:2551", "status": "Up", "reachable": true, "roles": []}],
 *  "shards": {"cart": {"10.0.0.1:2551": 64}}, "unknown": []}
 * </pre>
 *
 * <p>{@code leader} is null while there is none. {@code unknown} names the entity types of which
 * nobody could tell in time where the shards are, as on the smaller side of a cut network; those of
 * this node itself are there all the same. A node that did not answer is left out of {@code
 * shards}, and one without shards has 0.
 */
public final class ClusterPage implements Page {

  /** Where it is shown. */
  public static final String PATH = "/cluster";

  private static final Duration NODES_ANSWER = Duration.ofSeconds(2);
  private static final Duration ALL_ANSWER = Duration.ofSeconds(3);

  private final ActorSystem system;

  public ClusterPage(ActorSystem system) {
    this.system = system;
  }

  @Override
  public CompletionStage<Shown> show() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    describe(Cluster.get(system), document);
    ObjectNode shards = document.putObject("shards");
    ArrayNode unknown = document.putArray("unknown");
    var asked = new TreeMap<String, CompletableFuture<Map<String, Integer>>>();
    ClusterSharding sharding = ClusterSharding.get(system);
    for (String type : sharding.getShardTypeNames()) {
      ActorRef region = sharding.shardRegion(type);
      var everywhere = everywhere(region).exceptionally(silence -> Map.of());
      var here = here(region).exceptionally(silence -> Map.of());
      asked.put(type, everywhere.thenCombine(here, (all, own) -> merged(type, all, own, unknown)));
    }
    return CompletableFuture.allOf(asked.values().toArray(new CompletableFuture<?>[0]))
        .thenApply(
            done -> {
              asked.forEach((type, counts) -> describe(counts.join(), shards.putObject(type)));
              return Shown.json(document.toString());
            });
  }

  /** What all nodes have; nothing when the one that places shards does not answer. */
  private static CompletableFuture<Map<String, Integer>> everywhere(ActorRef region) {
    var question =
        new GetClusterShardingStats(
            FiniteDuration.create(NODES_ANSWER.toMillis(), TimeUnit.MILLISECONDS));
    return ask(region, question, ClusterShardingStats.class)
        .thenApply(
            stats -> {
              var counts = new TreeMap<String, Integer>();
              stats
                  .getRegions()
                  .forEach(
                      (node, own) -> counts.put(ClusterNode.name(node), own.getStats().size()));
              return counts;
            });
  }

  private CompletableFuture<Map<String, Integer>> here(ActorRef region) {
    String self = ClusterNode.name(Cluster.get(system).selfAddress());
    return ask(region, ShardRegion.getRegionStatsInstance(), ShardRegionStats.class)
        .thenApply(own -> Map.of(self, own.getStats().size()));
  }

  private static <T> CompletableFuture<T> ask(ActorRef region, Object question, Class<T> answer) {
    return Patterns.ask(region, question, ALL_ANSWER).toCompletableFuture().thenApply(answer::cast);
  }

  private static void describe(Cluster cluster, ObjectNode document) {
    CurrentClusterState state = cluster.state();
    document.put("self", ClusterNode.name(cluster.selfAddress()));
    Address leader = state.getLeader();
    document.put("leader", leader == null ? null : ClusterNode.name(leader));
    ArrayNode members = document.putArray("members");
    for (Member member : sorted(state)) {
      ObjectNode shown = members.addObject();
      shown.put("address", ClusterNode.name(member.address()));
      shown.put("status", member.status().toString());
      shown.put("reachable", !state.getUnreachable().contains(member));
      ArrayNode roles = shown.putArray("roles");
      member.getRoles().stream()
          // Akka's own, of which every node has one.
          .filter(role -> !role.startsWith("dc-"))
          .sorted()
          .forEach(roles::add);
    }
  }

  private static List<Member> sorted(CurrentClusterState state) {
    var members = new ArrayList<Member>();
    state.getMembers().forEach(members::add);
    members.sort(Comparator.comparing(member -> ClusterNode.name(member.address())));
    return members;
  }

  private static Map<String, Integer> merged(
      String type, Map<String, Integer> all, Map<String, Integer> own, ArrayNode unknown) {
    if (all.isEmpty()) {
      synchronized (unknown) {
        unknown.add(type);
      }
    }
    var counts = new TreeMap<>(all);
    counts.putAll(own);
    return counts;
  }

  private static void describe(Map<String, Integer> counts, ObjectNode shown) {
    counts.forEach(shown::put);
  }
}
