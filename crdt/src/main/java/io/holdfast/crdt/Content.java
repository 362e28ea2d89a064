// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt;

import io.holdfast.crdt.causal.CausalContext;
import io.holdfast.crdt.causal.Unchanged;
import io.holdfast.crdt.store.Kind;
import io.holdfast.crdt.store.Store;

/** What is in a state. */
public sealed interface Content {

  /** The join of both. This very object when that is the same. */
  Content join(Content other);

  /** The join with one of a type, which is the other side. */
  Content joinTyped(Typed other);

  /** Nothing was ever written. */
  enum Untouched implements Content {
    UNTOUCHED;

    @Override
    public Content join(Content other) {
      return other;
    }

    @Override
    public Content joinTyped(Typed other) {
      return other;
    }
  }

  /** Gone for good, whatever anybody writes. */
  enum Deleted implements Content {
    DELETED;

    @Override
    public Content join(Content other) {
      return this;
    }

    @Override
    public Content joinTyped(Typed other) {
      return this;
    }
  }

  /**
   * Data of one type.
   *
   * @param context what the store means by what it does not hold
   */
  record Typed(Kind kind, Store store, CausalContext context) implements Content {

    @Override
    public Content join(Content other) {
      return other.joinTyped(this);
    }

    // Of two kinds the first stands and the other is lost. Nodes can only disagree when they wrote
    // the first time at once, without hearing of each other.
    @Override
    public Content joinTyped(Typed one) {
      if (kind != one.kind) {
        return kind.compareTo(one.kind) < 0 ? this : one;
      }
      Store joined = one.store.join(one.context, store, context);
      CausalContext merged = one.context.merge(context);
      return Unchanged.same(one.store, joined) && Unchanged.same(one.context, merged)
          ? one
          : new Typed(kind, joined, merged);
    }
  }
}
