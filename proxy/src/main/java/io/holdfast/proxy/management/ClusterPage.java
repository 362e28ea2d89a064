// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.management;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.actor.Address;
import akka.cluster.Cluster;
import akka.cluster.ClusterEvent.CurrentClusterState;
import akka.cluster.Member;
import akka.cluster.sharding.ClusterSharding;
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
 * <p>{@code leader} is null while there is none. {@code unknown} names the entity types whose
 * shards nobody could tell in time, as on the smaller side of a cut network. A node that did not
 * answer is left out of {@code shards}, and one without shards has 0.
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
    var asked = new TreeMap<String, CompletableFuture<Object>>();
    ClusterSharding sharding = ClusterSharding.get(system);
    sharding.getShardTypeNames().forEach(type -> asked.put(type, ask(sharding.shardRegion(type))));
    return CompletableFuture.allOf(asked.values().toArray(new CompletableFuture<?>[0]))
        .handle(
            (done, failure) -> {
              asked.forEach((type, answer) -> describe(type, answer, shards, unknown));
              return Shown.json(document.toString());
            });
  }

  private static CompletableFuture<Object> ask(ActorRef region) {
    var question =
        new GetClusterShardingStats(
            FiniteDuration.create(NODES_ANSWER.toMillis(), TimeUnit.MILLISECONDS));
    return Patterns.ask(region, question, ALL_ANSWER).toCompletableFuture();
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

  private static void describe(
      String type, CompletableFuture<Object> answer, ObjectNode shards, ArrayNode unknown) {
    if (answer.isCompletedExceptionally()
        || !(answer.join() instanceof ClusterShardingStats stats)) {
      unknown.add(type);
      return;
    }
    ObjectNode counts = shards.putObject(type);
    var byNode = new TreeMap<String, Integer>();
    for (Map.Entry<Address, ShardRegionStats> region : stats.getRegions().entrySet()) {
      byNode.put(ClusterNode.name(region.getKey()), region.getValue().getStats().size());
    }
    byNode.forEach(counts::put);
  }
}
