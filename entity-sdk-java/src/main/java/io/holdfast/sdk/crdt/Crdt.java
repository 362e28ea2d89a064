// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.crdt;

import io.holdfast.protocol.crdt.CrdtDelta;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A replicated value of any type. */
public abstract sealed class Crdt permits Counter, GSet, ORSet, Flag, LWWRegister, ORMap, Vote {

  private boolean touched;
  private @Nullable Runnable container;

  Crdt() {}

  /** From now on, the map that this is in hears of its first change. */
  final void within(Runnable container) {
    this.container = container;
  }

  /** To be called with every change of the function's own. */
  final void touch() {
    if (!touched) {
      touched = true;
      if (container != null) {
        container.run();
      }
    }
  }

  /** What the function has changed; empty if that comes to nothing. */
  final Optional<CrdtDelta> changes() {
    return touched ? recorded() : Optional.empty();
  }

  /** Makes the changes part of the value: they have been sent. */
  final void accept() {
    if (touched) {
      forget();
      touched = false;
    }
  }

  /** Takes the changes back. */
  final void undo() {
    if (touched) {
      restore();
      forget();
      touched = false;
    }
  }

  /**
   * Takes in what others have changed. There must be no changes of the function's own.
   *
   * @throws IllegalArgumentException if that cannot be a change of this
   */
  final void merge(CrdtDelta delta) {
    if (delta.getDeltaCase() != deltaCase()) {
      throw new IllegalArgumentException(
          "a change of type %s for a %s"
              .formatted(delta.getDeltaCase(), getClass().getSimpleName()));
    }
    mergeSame(delta);
  }

  /** The whole value as a change from that of a new one, as the function says it. */
  abstract CrdtDelta everything();

  /** The same as the proxy says it, which may know more. */
  CrdtDelta told() {
    return everything();
  }

  abstract CrdtDelta.DeltaCase deltaCase();

  abstract Optional<CrdtDelta> recorded();

  abstract void restore();

  abstract void forget();

  abstract void mergeSame(CrdtDelta delta);
}
