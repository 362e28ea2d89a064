// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.causal;

import java.util.List;
import java.util.TreeSet;

/**
 * Which dots of one replica are seen: all from 1 to {@code upTo}, and those of {@code beyond}.
 *
 * @param beyond in ascending order; none of them follows {@code upTo} immediately
 */
public record Seen(long upTo, List<Long> beyond) {

  static final Seen NOTHING = new Seen(0, List.of());

  /** Takes the counters in any order. */
  public static Seen of(long upTo, Iterable<Long> others) {
    var left = new TreeSet<Long>();
    others.forEach(left::add);
    long end = upTo;
    while (!left.isEmpty() && left.first() <= end + 1) {
      end = Math.max(end, left.pollFirst());
    }
    return new Seen(end, List.copyOf(left));
  }

  boolean contains(long counter) {
    return counter <= upTo || (!beyond.isEmpty() && beyond.contains(counter));
  }

  long last() {
    return beyond.isEmpty() ? upTo : beyond.get(beyond.size() - 1);
  }

  Seen with(long counter) {
    if (contains(counter)) {
      return this;
    }
    return beyond.isEmpty() && counter == upTo + 1
        ? new Seen(counter, beyond)
        : merge(new Seen(0, List.of(counter)));
  }

  Seen merge(Seen other) {
    if (equals(other)) {
      return this;
    }
    var all = new TreeSet<>(beyond);
    all.addAll(other.beyond);
    Seen merged = of(Math.max(upTo, other.upTo), all);
    return merged.equals(this) ? this : merged;
  }

  @Override
  public String toString() {
    return upTo + (beyond.isEmpty() ? "" : "+" + beyond);
  }
}
