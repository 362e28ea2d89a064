// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.store;

import io.holdfast.crdt.causal.CausalContext;
import io.holdfast.crdt.causal.Dot;
import io.holdfast.crdt.causal.Dots;
import io.holdfast.crdt.causal.Inheritance;
import io.holdfast.crdt.causal.Mark;
import io.holdfast.crdt.causal.ReplicaId;
import io.holdfast.crdt.causal.Unchanged;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * An entry of a map.
 *
 * @param presence the writes that it is there for: its addition, and each update, so that one which
 *     did not see a removal outlives it
 */
public record Entry(Dots<Mark> presence, Store value) {

  static Entry none(Kind kind) {
    return new Entry(Dots.none(), kind.empty());
  }

  boolean isEmpty() {
    return presence.isEmpty() && value.isEmpty();
  }

  /** A register without a value is none: what was written to it was removed, or lost to that. */
  boolean isVisible(Kind kind) {
    return !isEmpty() && (kind != Kind.LWWREGISTER || !value.isEmpty());
  }

  Entry join(CausalContext mine, Entry other, CausalContext theirs) {
    return with(presence.join(mine, other.presence, theirs), value.join(mine, other.value, theirs));
  }

  /** Names every write that stands in it. */
  public void forEachDot(Consumer<Dot> action) {
    presence.all().forEach(one -> action.accept(one.dot()));
    value.forEachDot(action);
  }

  Entry inherit(Inheritance inheritance) {
    return with(inheritance.take(presence, (one, other) -> one), value.inherit(inheritance));
  }

  Entry without(Predicate<ReplicaId> left) {
    return with(presence.without(dot -> left.test(dot.replica())), value.without(left));
  }

  private Entry with(Dots<Mark> changedPresence, Store changedValue) {
    return Unchanged.same(presence, changedPresence) && Unchanged.same(value, changedValue)
        ? this
        : new Entry(changedPresence, changedValue);
  }
}
