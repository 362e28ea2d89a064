// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster;

import akka.cluster.sharding.ShardRegion;
import io.holdfast.proxy.entity.SessionMessage.Deliver;
import org.jspecify.annotations.Nullable;

/**
 * Which shard an entity belongs to. Every node must come to the same answer, so the number of
 * shards is part of what a node must agree on to join.
 */
final class EntityShards implements ShardRegion.MessageExtractor {

  private final String[] shardIds;

  EntityShards(int count) {
    shardIds = new String[count];
    for (int i = 0; i < count; i++) {
      shardIds[i] = Integer.toString(i);
    }
  }

  @Override
  public @Nullable String entityId(Object message) {
    return message instanceof Deliver deliver ? deliver.command().entity().key() : null;
  }

  @Override
  public Object entityMessage(Object message) {
    return message;
  }

  @Override
  public @Nullable String shardId(Object message) {
    if (message instanceof Deliver deliver) {
      return shardOf(deliver.command().entity().key());
    }
    return message instanceof ShardRegion.StartEntity start ? shardOf(start.entityId()) : null;
  }

  // String.hashCode is specified, so it is the same on every JVM; its low bits alone spread badly.
  private String shardOf(String key) {
    int hash = key.hashCode();
    return shardIds[Math.floorMod(hash ^ (hash >>> 16), shardIds.length)];
  }
}
