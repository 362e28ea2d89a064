// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.causal;

import akka.actor.AddressFromURIString;
import akka.cluster.UniqueAddress;
import java.util.Comparator;

/**
 * Who writes: one run of one node. A node that starts again is another replica.
 *
 * @param address of the node, as Akka writes it
 * @param uid of its run
 * @param heir whether it writes in place of nodes that left, instead of for its own function. The
 *     two count their dots apart, because they write without knowing of each other.
 */
public record ReplicaId(String address, long uid, boolean heir) implements Comparable<ReplicaId> {

  private static final Comparator<ReplicaId> ORDER =
      Comparator.comparing(ReplicaId::address)
          .thenComparing(ReplicaId::uid)
          .thenComparing(ReplicaId::heir);

  /** The replica that the function of {@code node} writes to. */
  public static ReplicaId of(UniqueAddress node) {
    return new ReplicaId(node.address().toString(), node.longUid(), false);
  }

  /** The replica by which {@code node} takes over what others wrote that left. */
  public static ReplicaId heirOf(UniqueAddress node) {
    return new ReplicaId(node.address().toString(), node.longUid(), true);
  }

  /** The node that it runs on. */
  public UniqueAddress node() {
    return new UniqueAddress(AddressFromURIString.parse(address), uid);
  }

  /** Whether both run on the same node. */
  public boolean isBeside(ReplicaId other) {
    return uid == other.uid && address.equals(other.address);
  }

  @Override
  public int compareTo(ReplicaId other) {
    return ORDER.compare(this, other);
  }
}
