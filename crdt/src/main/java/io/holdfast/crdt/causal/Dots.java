// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.causal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** The writes that stand in one place of a state, each with what it wrote, sorted by their dots. */
public final class Dots<V> {

  private static final Dots<?> NONE = new Dots<>(List.of());

  private final List<Dotted<V>> all;

  private Dots(List<Dotted<V>> all) {
    this.all = all;
  }

  /** A write and what it wrote. */
  public record Dotted<V>(Dot dot, V value) {}

  @SuppressWarnings("unchecked") // it holds nothing
  public static <V> Dots<V> none() {
    return (Dots<V>) NONE;
  }

  public static <V> Dots<V> of(Dot dot, V value) {
    return new Dots<>(List.of(new Dotted<>(dot, value)));
  }

  /** Takes the writes in any order. */
  public static <V> Dots<V> of(Collection<Dotted<V>> writes) {
    return writes.isEmpty()
        ? none()
        : new Dots<>(writes.stream().sorted(Comparator.comparing(Dotted<V>::dot)).toList());
  }

  public boolean isEmpty() {
    return all.isEmpty();
  }

  /** In the order of their dots. */
  public List<Dotted<V>> all() {
    return all;
  }

  /**
   * What stands of both: a write that one side holds and the other has seen without holding it was
   * removed there. This very object when that is the same.
   */
  public Dots<V> join(CausalContext mine, Dots<V> other, CausalContext theirs) {
    if (other.isEmpty()) {
      return filter(theirs);
    }
    if (isEmpty()) {
      return other.filter(mine);
    }
    var joined = new ArrayList<Dotted<V>>(all.size() + other.all.size());
    boolean news = false;
    int i = 0;
    int j = 0;
    while (i < all.size() || j < other.all.size()) {
      int order = order(i, other, j);
      if (order <= 0) {
        Dotted<V> here = all.get(i++);
        if (order == 0) {
          j++;
          joined.add(here);
        } else if (!theirs.contains(here.dot())) {
          joined.add(here);
        }
      } else {
        Dotted<V> there = other.all.get(j++);
        if (!mine.contains(there.dot())) {
          joined.add(there);
          news = true;
        }
      }
    }
    return news || joined.size() != all.size() ? new Dots<>(List.copyOf(joined)) : this;
  }

  private int order(int i, Dots<V> other, int j) {
    if (i == all.size()) {
      return 1;
    }
    return j == other.all.size() ? -1 : all.get(i).dot().compareTo(other.all.get(j).dot());
  }

  // What somebody leaves standing who holds none of these.
  private Dots<V> filter(CausalContext seen) {
    return isEmpty() ? this : without(seen::contains);
  }

  /** Without the dots that {@code gone} holds for. This very object when there are none. */
  public Dots<V> without(Predicate<Dot> gone) {
    for (Dotted<V> one : all) {
      if (gone.test(one.dot())) {
        var rest = all.stream().filter(other -> !gone.test(other.dot())).toList();
        return rest.isEmpty() ? none() : new Dots<>(rest);
      }
    }
    return this;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Dots<?> that && all.equals(that.all);
  }

  @Override
  public int hashCode() {
    return all.hashCode();
  }

  @Override
  public String toString() {
    return all.toString();
  }
}
