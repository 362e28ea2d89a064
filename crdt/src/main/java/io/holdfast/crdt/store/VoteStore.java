// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.store;

import io.holdfast.crdt.causal.Dots;
import io.holdfast.crdt.causal.Inheritance;

/** What each replica votes. Its next vote takes the place of the one before; nobody inherits it. */
public record VoteStore(Dots<Boolean> dots) implements DotStore<Boolean> {

  static final VoteStore EMPTY = new VoteStore(Dots.none());

  @Override
  public VoteStore of(Dots<Boolean> changed) {
    return new VoteStore(changed);
  }

  @Override
  public Dots<Boolean> inherited(Inheritance inheritance) {
    return dots.without(dot -> inheritance.isFrom(dot.replica()));
  }
}
