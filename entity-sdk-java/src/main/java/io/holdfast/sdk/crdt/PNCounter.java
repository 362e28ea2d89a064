// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.crdt;

import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.PNCounterDelta;

/** A counter that goes both ways. */
public final class PNCounter extends Counter {

  /**
   * Adds so many.
   *
   * @param change negative to take away
   * @return the value then
   * @throws ArithmeticException if 64 bits do not hold the value
   */
  public long add(long change) {
    return count(change);
  }

  /** Adds one. */
  public long increment() {
    return count(1);
  }

  /** Takes one away. */
  public long decrement() {
    return count(-1);
  }

  @Override
  CrdtDelta.DeltaCase deltaCase() {
    return CrdtDelta.DeltaCase.PNCOUNTER;
  }

  @Override
  CrdtDelta delta(long change) {
    return CrdtDelta.newBuilder()
        .setPncounter(PNCounterDelta.newBuilder().setChange(change))
        .build();
  }

  @Override
  long change(CrdtDelta delta) {
    return delta.getPncounter().getChange();
  }
}
