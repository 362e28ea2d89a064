// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.crdt;

import io.holdfast.protocol.crdt.CrdtDelta;
import java.util.Optional;

/** A sum of what all nodes have counted. */
public abstract sealed class Counter extends Crdt permits GCounter, PNCounter {

  private long value;
  private long recorded;

  Counter() {}

  /** The sum, as far as this node has heard. */
  public final long value() {
    return value;
  }

  final long count(long change) {
    long now = Math.addExact(value, change);
    recorded = Math.addExact(recorded, change);
    value = now;
    touch();
    return now;
  }

  abstract CrdtDelta delta(long change);

  abstract long change(CrdtDelta delta);

  @Override
  final CrdtDelta everything() {
    return delta(value);
  }

  @Override
  final Optional<CrdtDelta> recorded() {
    return recorded == 0 ? Optional.empty() : Optional.of(delta(recorded));
  }

  @Override
  final void restore() {
    value -= recorded;
  }

  @Override
  final void forget() {
    recorded = 0;
  }

  // Wraps around where the proxy's own difference does.
  @Override
  final void mergeSame(CrdtDelta delta) {
    value += change(delta);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
