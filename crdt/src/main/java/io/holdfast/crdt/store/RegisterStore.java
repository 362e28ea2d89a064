// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.store;

import io.holdfast.crdt.causal.Dots;
import io.holdfast.crdt.causal.Dots.Dotted;
import io.holdfast.crdt.causal.Inheritance;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** The writes to a register of which none has seen the other. It holds the last by their order. */
public record RegisterStore(Dots<RegisterStore.Write> dots)
    implements DotStore<RegisterStore.Write> {

  static final RegisterStore EMPTY = new RegisterStore(Dots.none());

  /**
   * What was written. Of equal clocks the greater value comes last: who wrote it would be no
   * measure, because writes change hands when nodes leave.
   *
   * @param clock counts whatever the writers agreed on
   */
  public record Write(Element value, long clock) implements Comparable<Write> {

    private static final Comparator<Write> ORDER =
        Comparator.comparing(Write::clock).thenComparing(Write::value);

    @Override
    public int compareTo(Write other) {
      return ORDER.compare(this, other);
    }
  }

  /** The write that is seen. Empty when none stands. */
  public Optional<Write> newest() {
    return dots.all().stream().map(Dotted::value).max(Comparator.naturalOrder());
  }

  @Override
  public RegisterStore of(Dots<RegisterStore.Write> changed) {
    return new RegisterStore(changed);
  }

  @Override
  public Dots<RegisterStore.Write> inherited(Inheritance inheritance) {
    return inheritance.take(dots, BinaryOperator.maxBy(Comparator.naturalOrder()));
  }
}
