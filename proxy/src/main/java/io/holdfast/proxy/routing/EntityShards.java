// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

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

  /** The shard of the entity with that key. */
  String shardOf(String key) {
    return shardIds[Math.floorMod(mixed(key.hashCode()), shardIds.length)];
  }

  // String.hashCode is specified, so it is the same on every JVM, but it spreads badly: keys that
  // differ in a digit at the end fall close together. This is the finalizer of MurmurHash3
  // (Austin Appleby, public domain).
  private static int mixed(int hash) {
    int h = hash;
    h = (h ^ (h >>> 16)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    return h ^ (h >>> 16);
  }
}
