// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

import com.typesafe.config.Config;

/**
 * How entities spread.
 *
 * @param shards into how many shards each entity type is cut; the same on all nodes; the more there
 *     are, the smaller the steps in which a node hands over
 * @param liveEntitiesMax how many entities of one type a node keeps in memory
 */
public record ShardingSettings(int shards, int liveEntitiesMax) {

  public ShardingSettings {
    if (shards < 1 || shards > 10_000) {
      throw new IllegalArgumentException(
          "holdfast.cluster.shards must be between 1 and 10000 but is " + shards);
    }
    if (liveEntitiesMax < 1) {
      throw new IllegalArgumentException(
          "holdfast.entity.live-entities-max must be positive but is " + liveEntitiesMax);
    }
  }

  /** Reads {@code holdfast.cluster.shards} and {@code holdfast.entity.live-entities-max}. */
  public static ShardingSettings from(Config holdfast) {
    return new ShardingSettings(
        holdfast.getInt("cluster.shards"), holdfast.getInt("entity.live-entities-max"));
  }
}
