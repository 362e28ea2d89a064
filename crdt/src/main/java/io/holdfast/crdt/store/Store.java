// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.store;

import io.holdfast.crdt.causal.CausalContext;
import io.holdfast.crdt.causal.Dot;
import io.holdfast.crdt.causal.Inheritance;
import io.holdfast.crdt.causal.ReplicaId;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The writes that stand in one place of a state. */
public sealed interface Store permits DotStore, ElementStore, MapStore {

  /** Whether no write stands. */
  boolean isEmpty();

  /**
   * What stands of both.
   *
   * @param other of the same class
   */
  Store join(CausalContext mine, Store other, CausalContext theirs);

  /** Names every write that stands. */
  void forEachDot(Consumer<Dot> action);

  /** The same, with the writes of the node that left taken over by its heir. */
  Store inherit(Inheritance inheritance);

  /** The same without the writes of the replicas that {@code left} holds for. */
  Store without(Predicate<ReplicaId> left);
}
