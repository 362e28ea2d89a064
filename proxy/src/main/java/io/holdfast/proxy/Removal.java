// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import akka.actor.CoordinatedShutdown;
import java.util.Map;
import java.util.Optional;

/** Words for a shutdown that the cluster caused. */
final class Removal {

  private static final Map<CoordinatedShutdown.Reason, String> WORDS =
      Map.of(
          CoordinatedShutdown.clusterDowningReason(),
          "this node was removed from its cluster, since others could not reach it or it is on the"
              + " smaller side of a cut network; start it again to join anew",
          CoordinatedShutdown.incompatibleConfigurationDetectedReason(),
          "this node may not join its cluster, whose nodes have another holdfast.cluster.shards"
              + " (HOLDFAST_CLUSTER_SHARDS) or another way to decide about partitions"
              + " (holdfast.cluster.partition.strategy); set them alike",
          CoordinatedShutdown.clusterJoinUnsuccessfulReason(),
          "this node could not join its cluster in time");

  private Removal() {}

  static Optional<String> of(Optional<CoordinatedShutdown.Reason> reason) {
    return reason.map(WORDS::get);
  }
}
