// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.store;

import io.holdfast.crdt.causal.CausalContext;
import io.holdfast.crdt.causal.Dot;
import io.holdfast.crdt.causal.Dots;
import io.holdfast.crdt.causal.Inheritance;
import io.holdfast.crdt.causal.ReplicaId;
import io.holdfast.crdt.causal.Unchanged;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A store with but one place for writes. */
sealed interface DotStore<V> extends Store
    permits CounterStore, FlagStore, RegisterStore, VoteStore {

  /** The writes that stand. */
  Dots<V> dots();

  /** A store of the same class with those. */
  DotStore<V> of(Dots<V> dots);

  /** Its writes once the heir has taken over. */
  Dots<V> inherited(Inheritance inheritance);

  @Override
  default boolean isEmpty() {
    return dots().isEmpty();
  }

  @Override
  @SuppressWarnings("unchecked") // the other is of the same class
  default DotStore<V> join(CausalContext mine, Store other, CausalContext theirs) {
    return with(dots().join(mine, ((DotStore<V>) other).dots(), theirs));
  }

  @Override
  default void forEachDot(Consumer<Dot> action) {
    dots().all().forEach(one -> action.accept(one.dot()));
  }

  @Override
  default DotStore<V> inherit(Inheritance inheritance) {
    return with(inherited(inheritance));
  }

  @Override
  default DotStore<V> without(Predicate<ReplicaId> left) {
    return with(dots().without(dot -> left.test(dot.replica())));
  }

  private DotStore<V> with(Dots<V> changed) {
    return Unchanged.same(dots(), changed) ? this : of(changed);
  }
}
