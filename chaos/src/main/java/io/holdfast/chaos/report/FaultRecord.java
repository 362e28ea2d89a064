// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.report;

import io.holdfast.chaos.fault.PlannedFault;
import io.holdfast.chaos.history.Operation;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * A fault, and what it cost.
 *
 * @param beganAfter since the start of the run
 * @param healthyAfter since it began: when all nodes served all hot entities again
 * @param unavailable the longest time in between in which no client got an answer of one of the hot
 *     entities
 */
public record FaultRecord(
    PlannedFault fault, Duration beganAfter, Duration healthyAfter, Duration unavailable) {

  /**
   * The longest time between two answers of {@code entity}, or the ends of the window.
   *
   * @param operations in any order, on the clock of {@code from} and {@code to}
   */
  public static Duration unavailable(
      String entity, List<Operation> operations, long from, long to) {
    long longest = 0;
    long last = from;
    List<Operation> answered =
        operations.stream()
            .filter(each -> each.entity().equals(entity) && each.succeeded())
            .filter(each -> each.endNanos() > from && each.endNanos() < to)
            .sorted(Comparator.comparingLong(Operation::endNanos))
            .toList();
    for (Operation each : answered) {
      longest = Math.max(longest, each.endNanos() - last);
      last = each.endNanos();
    }
    return Duration.ofNanos(Math.max(longest, to - last));
  }
}
