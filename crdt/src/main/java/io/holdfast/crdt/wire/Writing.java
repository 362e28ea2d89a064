// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.wire;

import io.holdfast.crdt.causal.CausalContext;
import io.holdfast.crdt.causal.Dot;
import io.holdfast.crdt.causal.Dots;
import io.holdfast.crdt.causal.ReplicaId;
import io.holdfast.crdt.causal.Seen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One change in the making: names its writes, and gathers what it takes the place of. */
final class Writing {

  private final ReplicaId self;
  private final Map<ReplicaId, List<Long>> touched = new HashMap<>();
  private Dot next;

  /**
   * @param seen everything that this replica has written is in there
   */
  Writing(ReplicaId self, CausalContext seen) {
    this.self = self;
    this.next = seen.next(self);
  }

  /** Names a write. */
  Dot write() {
    Dot dot = next;
    next = new Dot(self, dot.counter() + 1);
    remove(dot);
    return dot;
  }

  /** A write of {@code value} in the place of all that stood there. */
  <V> Dots<V> replace(Dots<?> stood, V value) {
    remove(stood);
    return Dots.of(write(), value);
  }

  void remove(Dots<?> stood) {
    stood.all().forEach(one -> remove(one.dot()));
  }

  void remove(Dot dot) {
    touched.computeIfAbsent(dot.replica(), replica -> new ArrayList<>()).add(dot.counter());
  }

  boolean isOwn(Dot dot) {
    return dot.replica().equals(self);
  }

  /** What the change has seen: what it wrote, and what it took the place of. */
  CausalContext touched() {
    var seen = new HashMap<ReplicaId, Seen>();
    touched.forEach((replica, counters) -> seen.put(replica, Seen.of(0, counters)));
    return CausalContext.of(seen);
  }
}
