// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.wire;

import io.holdfast.protocol.crdt.CrdtDelta;

/** What a function has to be told. */
public sealed interface News {

  /**
   * Nothing: it has the very values.
   *
   * @param view counts what made those values anew as seen by the function
   */
  record None(FunctionView view) implements News {}

  /**
   * A change.
   *
   * @param view what the function has once it was told
   */
  record Changed(CrdtDelta delta, FunctionView view) implements News {}

  /** That the entity is gone for good. */
  enum Deleted implements News {
    DELETED
  }

  /** The state is such that no change leads there: another type's. A new stream has to start. */
  enum StartAnew implements News {
    START_ANEW
  }
}
