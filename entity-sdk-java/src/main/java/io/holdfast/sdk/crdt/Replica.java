// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.crdt;

import io.holdfast.protocol.crdt.CrdtDelta;
import java.util.Objects;
import java.util.Optional;

/**
 * This node's copy of a value, as the protocol sees it. Not for entity developers.
 *
 * @param <S> the value's type
 */
public record Replica<S extends Crdt>(S state) {
  public Replica {
    Objects.requireNonNull(state, "the empty state is null");
  }

  /** What the function has changed since the last {@link #accept}; empty if nothing. */
  public Optional<CrdtDelta> changes() {
    return state.changes();
  }

  /** Makes the changes part of the value. */
  public void accept() {
    state.accept();
  }

  /** Takes the changes back, as if they had never been made. */
  public void undo() {
    state.undo();
  }

  /**
   * Takes in what others have changed. There must be no changes of the function's own.
   *
   * @throws RuntimeException if that cannot be a change of this; the value cannot be used then
   */
  public void merge(CrdtDelta delta) {
    state.merge(delta);
  }

  /** The whole value as a change from that of a new one, for {@link #merge}. */
  public CrdtDelta everything() {
    return state.told();
  }
}
