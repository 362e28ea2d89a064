// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.crdt;

import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.FlagDelta;
import java.util.Optional;

/** A truth value that begins as false and can only become true. */
public final class Flag extends Crdt {

  private boolean value;
  private boolean recorded;

  public boolean isSet() {
    return value;
  }

  /**
   * Makes it true, for good.
   *
   * @return whether it was false
   */
  public boolean set() {
    if (value) {
      return false;
    }
    value = true;
    recorded = true;
    touch();
    return true;
  }

  @Override
  CrdtDelta everything() {
    return CrdtDelta.newBuilder().setFlag(FlagDelta.newBuilder().setValue(value)).build();
  }

  @Override
  CrdtDelta.DeltaCase deltaCase() {
    return CrdtDelta.DeltaCase.FLAG;
  }

  @Override
  Optional<CrdtDelta> recorded() {
    return recorded ? Optional.of(everything()) : Optional.empty();
  }

  @Override
  void restore() {
    value &= !recorded;
  }

  @Override
  void forget() {
    recorded = false;
  }

  @Override
  void mergeSame(CrdtDelta delta) {
    value |= delta.getFlag().getValue();
  }

  @Override
  public String toString() {
    return Boolean.toString(value);
  }
}
