// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.fault;

import java.time.Duration;

/**
 * One thing that is to go wrong.
 *
 * @param node whom it strikes; of no meaning for faults that strike all
 * @param lasts until it is mended
 */
public record PlannedFault(FaultKind kind, int node, Duration lasts) {

  @Override
  public String toString() {
    return "%s%s for %d ms"
        .formatted(kind, kind.strikesOneNode() ? " of node " + node : "", lasts.toMillis());
  }
}
