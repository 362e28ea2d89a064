// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.causal;

/**
 * The name of one write, which no other write has.
 *
 * @param counter the how manieth of the replica it is; the first is 1
 */
public record Dot(ReplicaId replica, long counter) implements Comparable<Dot> {

  public Dot {
    if (counter < 1) {
      throw new IllegalArgumentException("the first dot is 1, not " + counter);
    }
  }

  @Override
  public int compareTo(Dot other) {
    int byReplica = replica.compareTo(other.replica);
    return byReplica != 0 ? byReplica : Long.compare(counter, other.counter);
  }
}
