// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.store;

import io.holdfast.crdt.causal.CausalContext;
import io.holdfast.crdt.causal.Dot;
import io.holdfast.crdt.causal.Dots;
import io.holdfast.crdt.causal.Inheritance;
import io.holdfast.crdt.causal.Mark;
import io.holdfast.crdt.causal.ReplicaId;
import io.holdfast.crdt.causal.Unchanged;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The additions that a set's elements are there for. Elements without any are not in the map. */
public record ElementStore(NavigableMap<Element, Dots<Mark>> elements) implements Store {

  static final ElementStore EMPTY = new ElementStore(new TreeMap<>());

  @Override
  public boolean isEmpty() {
    return elements.isEmpty();
  }

  @Override
  public ElementStore join(CausalContext mine, Store other, CausalContext theirs) {
    return with(
        DotMaps.join(
            elements,
            ((ElementStore) other).elements,
            element -> Dots.none(),
            (here, there) -> here.join(mine, there, theirs),
            Dots::isEmpty));
  }

  @Override
  public void forEachDot(Consumer<Dot> action) {
    elements.values().forEach(dots -> dots.all().forEach(one -> action.accept(one.dot())));
  }

  @Override
  public ElementStore inherit(Inheritance inheritance) {
    return with(
        DotMaps.change(
            elements, dots -> inheritance.take(dots, (one, other) -> one), Dots::isEmpty));
  }

  @Override
  public ElementStore without(Predicate<ReplicaId> left) {
    return with(
        DotMaps.change(
            elements, dots -> dots.without(dot -> left.test(dot.replica())), Dots::isEmpty));
  }

  private ElementStore with(NavigableMap<Element, Dots<Mark>> changed) {
    return Unchanged.same(elements, changed) ? this : new ElementStore(changed);
  }
}
