// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.wire;

import io.holdfast.crdt.causal.ReplicaId;
import java.util.Set;

/**
 * Whose votes count.
 *
 * @param self the replica of this node
 * @param up the replicas of all nodes that are up, this one among them or not
 */
public record Voters(ReplicaId self, Set<ReplicaId> up) {

  public Voters {
    up = Set.copyOf(up);
  }
}
