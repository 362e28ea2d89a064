// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

import static org.assertj.core.api.Assertions.assertThat;

import akka.cluster.sharding.ShardRegion.StartEntity;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EntityShardsTest {

  private final EntityShards shards = new EntityShards(32);

  @Test
  void an_entity_keeps_its_shard_for_ever() {
    assertThat(shards.shardId(new StartEntity("alice"))).isEqualTo("27");
    assertThat(shards.shardId(new StartEntity("a|b"))).isEqualTo("14");
    assertThat(shards.shardId(new StartEntity(""))).isEqualTo("0");
  }

  @Test
  void consecutive_keys_spread_over_all_shards() {
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 3_200; i++) {
      counts.merge(String.valueOf(shards.shardId(new StartEntity("user-" + i))), 1, Integer::sum);
    }
    assertThat(counts).hasSize(32);
    assertThat(counts.values()).allMatch(count -> count > 50 && count < 200);
  }

  @Test
  void what_is_no_command_has_no_entity() {
    assertThat(shards.entityId("text")).isNull();
    assertThat(shards.shardId("text")).isNull();
  }
}
