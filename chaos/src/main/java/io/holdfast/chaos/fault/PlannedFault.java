// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.fault;

import java.time.Duration;

/**
 * One thing that is to go wrong.
 *
 * @param node whom it strikes; of no meaning for faults that strike all
 * @param lasts until it is mended
 * @param step how far a clock is set, back if negative; zero for faults of other kinds
 */
public record PlannedFault(FaultKind kind, int node, Duration lasts, Duration step) {

  /** One that sets no clock. */
  public PlannedFault(FaultKind kind, int node, Duration lasts) {
    this(kind, node, lasts, Duration.ZERO);
  }

  /** Whether the node, or a part of it, is not to run while the fault lasts. */
  public boolean keepsDown(int number) {
    return number == node && kind.takesDown();
  }

  @Override
  public String toString() {
    return "%s%s%s for %d ms"
        .formatted(
            kind,
            kind.strikesOneNode() ? " of node " + node : "",
            step.isZero() ? "" : " by %+d s".formatted(step.toSeconds()),
            lasts.toMillis());
  }
}
