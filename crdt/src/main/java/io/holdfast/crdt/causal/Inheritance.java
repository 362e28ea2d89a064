// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.causal;

import akka.cluster.UniqueAddress;
import io.holdfast.crdt.causal.Dots.Dotted;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * A node that left is forgotten: another one takes over what it wrote, under dots of its own. Made
 * for one state, used once.
 */
public final class Inheritance {

  private final ReplicaId removed;
  private final ReplicaId heir;
  private CausalContext context;

  /**
   * @param context of the state, before
   */
  public Inheritance(UniqueAddress removed, UniqueAddress collapseInto, CausalContext context) {
    this.removed = ReplicaId.of(removed);
    this.heir = ReplicaId.heirOf(collapseInto);
    this.context = context;
  }

  /**
   * The same writes, those of the removed node and of its heir made one of the heir.
   *
   * @param both what two of them come to
   */
  public <V> Dots<V> take(Dots<V> dots, BinaryOperator<V> both) {
    if (dots.all().stream().noneMatch(one -> isFrom(one.dot().replica()))) {
      return dots;
    }
    var result = new ArrayList<Dotted<V>>();
    Optional<V> inherited = Optional.empty();
    for (Dotted<V> one : dots.all()) {
      ReplicaId replica = one.dot().replica();
      if (isFrom(replica) || replica.equals(heir)) {
        inherited =
            inherited
                .map(value -> both.apply(value, one.value()))
                .or(() -> Optional.of(one.value()));
      } else {
        result.add(one);
      }
    }
    Dot dot = context.next(heir);
    context = context.with(dot);
    inherited.ifPresent(value -> result.add(new Dotted<>(dot, value)));
    return Dots.of(result);
  }

  /** Whether the removed node wrote as that replica. */
  public boolean isFrom(ReplicaId replica) {
    return replica.isBeside(removed);
  }

  /** The state's context, afterwards. */
  public CausalContext context() {
    return context.without(this::isFrom);
  }
}
