// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.metrics;

import akka.actor.ActorSystem;
import akka.cluster.Cluster;
import akka.cluster.ClusterEvent.CurrentClusterState;
import akka.cluster.MemberStatus;
import akka.cluster.sharding.ClusterSharding;
import akka.cluster.sharding.ShardRegion;
import akka.cluster.sharding.ShardRegion.ShardRegionStats;
import akka.pattern.Patterns;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.StreamSupport;

/** The cluster as this node sees it. Safe for use by many threads. */
final class ClusterMeters {

  private static final Duration SHARDS_ANSWER = Duration.ofSeconds(1);
  private static final List<MemberStatus> STATUSES =
      List.of(
          MemberStatus.joining(),
          MemberStatus.weaklyUp(),
          MemberStatus.up(),
          MemberStatus.leaving(),
          MemberStatus.exiting(),
          MemberStatus.down());

  private final ActorSystem system;
  private final MultiGauge shards;
  private final ConcurrentMap<String, Integer> shardsByType = new ConcurrentHashMap<>();

  ClusterMeters(ActorSystem system, MeterRegistry registry) {
    this.system = system;
    Cluster cluster = Cluster.get(system);
    for (MemberStatus status : STATUSES) {
      Gauge.builder("holdfast.cluster.members", () -> members(cluster.state(), status))
          .description("Members of the cluster that this node knows, by their status")
          .tag("status", status.toString().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    Gauge.builder("holdfast.cluster.unreachable", () -> cluster.state().getUnreachable().size())
        .description("Members that this node, or one that it hears of, cannot reach")
        .register(registry);
    shards =
        MultiGauge.builder("holdfast.shards")
            .description("Shards that this node has")
            .register(registry);
  }

  private static long members(CurrentClusterState state, MemberStatus status) {
    return StreamSupport.stream(state.getMembers().spliterator(), false)
        .filter(member -> member.status().equals(status))
        .count();
  }

  /**
   * Asks for what is not known at once. Completes in any case; what was not told stays as it was.
   */
  CompletionStage<Void> refresh() {
    ClusterSharding sharding = ClusterSharding.get(system);
    return CompletableFuture.allOf(
            sharding.getShardTypeNames().stream()
                .map(
                    type ->
                        Patterns.ask(
                                sharding.shardRegion(type),
                                ShardRegion.getRegionStatsInstance(),
                                SHARDS_ANSWER)
                            .thenAccept(
                                stats ->
                                    shardsByType.put(
                                        type, ((ShardRegionStats) stats).getStats().size()))
                            .toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new))
        .handle(
            (done, failure) -> {
              shards.register(
                  shardsByType.entrySet().stream()
                      .map(
                          type ->
                              MultiGauge.Row.of(
                                  Tags.of("entity_type", type.getKey()), type.getValue()))
                      .<MultiGauge.Row<?>>map(row -> row)
                      .toList(),
                  true);
              return null;
            });
  }
}
