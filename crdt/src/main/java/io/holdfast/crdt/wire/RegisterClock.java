// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.wire;

import io.holdfast.protocol.crdt.LWWRegisterDelta;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** When a register was written, as writes are compared. */
interface RegisterClock {

  /**
   * The clock of a write.
   *
   * @param stood the clock of what the register holds; empty when it holds nothing
   */
  long of(LWWRegisterDelta write, OptionalLong stood) throws InvalidDeltaException;

  /** By the clock that the function chose. */
  static RegisterClock chosen(LongSupplier wallMillis) {
    return (write, stood) ->
        switch (write.getClock()) {
          // Never behind what this replica knows, however its clock was set back.
          case DEFAULT -> after(wallMillis.getAsLong(), stood);
          case REVERSE -> before(-wallMillis.getAsLong(), stood);
          case CUSTOM -> write.getCustomClockValue();
          case CUSTOM_AUTO_INCREMENT -> after(write.getCustomClockValue(), stood);
          case UNRECOGNIZED ->
              throw new InvalidDeltaException(
                  "wrote to a register by clock "
                      + write.getClockValue()
                      + ", which the protocol does not have");
        };
  }

  /** The register holds what was written last, as the function that wrote it believes. */
  static RegisterClock believed() {
    return (write, stood) -> after(0, stood);
  }

  private static long after(long clock, OptionalLong stood) {
    return stood.isPresent() && stood.getAsLong() >= clock && stood.getAsLong() < Long.MAX_VALUE
        ? stood.getAsLong() + 1
        : clock;
  }

  private static long before(long clock, OptionalLong stood) {
    return stood.isPresent() && stood.getAsLong() <= clock && stood.getAsLong() > Long.MIN_VALUE
        ? stood.getAsLong() - 1
        : clock;
  }
}
