// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.crdt;

import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.GCounterDelta;

/** A counter that only grows. */
public final class GCounter extends Counter {

  /**
   * Counts so many more.
   *
   * @return the value then
   * @throws IllegalArgumentException if it is negative
   * @throws ArithmeticException if 64 bits do not hold the value
   */
  public long increment(long by) {
    if (by < 0) {
      throw new IllegalArgumentException("a GCounter only grows: increment(%d)".formatted(by));
    }
    return count(by);
  }

  /** Counts one more. */
  public long increment() {
    return count(1);
  }

  @Override
  CrdtDelta.DeltaCase deltaCase() {
    return CrdtDelta.DeltaCase.GCOUNTER;
  }

  @Override
  CrdtDelta delta(long change) {
    return CrdtDelta.newBuilder()
        .setGcounter(GCounterDelta.newBuilder().setIncrement(change))
        .build();
  }

  @Override
  long change(CrdtDelta delta) {
    return delta.getGcounter().getIncrement();
  }
}
