// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.store;

import io.holdfast.crdt.causal.Dots;
import io.holdfast.crdt.causal.Inheritance;
import io.holdfast.crdt.causal.Mark;

/** Who raised a flag. */
public record FlagStore(Dots<Mark> dots) implements DotStore<Mark> {

  static final FlagStore EMPTY = new FlagStore(Dots.none());

  @Override
  public FlagStore of(Dots<Mark> changed) {
    return new FlagStore(changed);
  }

  @Override
  public Dots<Mark> inherited(Inheritance inheritance) {
    return inheritance.take(dots, (one, other) -> one);
  }
}
