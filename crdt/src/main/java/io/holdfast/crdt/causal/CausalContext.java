// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.causal;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The set of dots that a state has seen, standing or not. A dot that a state has seen and does not
 * hold was removed.
 */
public final class CausalContext {

  /** Has seen nothing. */
  public static final CausalContext NOTHING = new CausalContext(new TreeMap<>());

  private final NavigableMap<ReplicaId, Seen> seen;

  private CausalContext(NavigableMap<ReplicaId, Seen> seen) {
    this.seen = seen;
  }

  /** A context of that content. */
  public static CausalContext of(Map<ReplicaId, Seen> seen) {
    return new CausalContext(new TreeMap<>(seen));
  }

  public boolean contains(Dot dot) {
    return seen.getOrDefault(dot.replica(), Seen.NOTHING).contains(dot.counter());
  }

  /** The first dot of {@code replica} after all that are seen. */
  public Dot next(ReplicaId replica) {
    return new Dot(replica, seen.getOrDefault(replica, Seen.NOTHING).last() + 1);
  }

  public CausalContext with(Dot dot) {
    if (contains(dot)) {
      return this;
    }
    var added = new TreeMap<>(seen);
    added.put(dot.replica(), seen.getOrDefault(dot.replica(), Seen.NOTHING).with(dot.counter()));
    return new CausalContext(added);
  }

  /** What either has seen. This very context when that is no more. */
  public CausalContext merge(CausalContext other) {
    var merged = new TreeMap<>(seen);
    boolean more = false;
    for (Map.Entry<ReplicaId, Seen> theirs : other.seen.entrySet()) {
      Seen mine = seen.getOrDefault(theirs.getKey(), Seen.NOTHING);
      Seen both = mine.merge(theirs.getValue());
      if (!Unchanged.same(mine, both)) {
        merged.put(theirs.getKey(), both);
        more = true;
      }
    }
    return more ? new CausalContext(merged) : this;
  }

  /** Without the replicas that {@code left} holds for. */
  public CausalContext without(Predicate<ReplicaId> left) {
    var rest = new TreeMap<>(seen);
    rest.keySet().removeIf(left);
    return rest.size() == seen.size() ? this : new CausalContext(rest);
  }

  /** What is seen of each replica, sorted by replica. */
  public NavigableMap<ReplicaId, Seen> seen() {
    return Collections.unmodifiableNavigableMap(seen);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CausalContext that && seen.equals(that.seen);
  }

  @Override
  public int hashCode() {
    return seen.hashCode();
  }

  @Override
  public String toString() {
    return seen.toString();
  }
}
