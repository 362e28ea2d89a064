// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.history;

import io.holdfast.chaos.history.Outcome.Seen;
import io.holdfast.chaos.history.Violation.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was answered before another command was sent comes before it, reads included, as far as it
 * is known where an operation stands.
 */
final class OrderCheck {

  /** An operation, and where it stands among the others of its entity. */
  private record Placed(double place, Operation operation) {}

  private OrderCheck() {}

  /**
   * Everything that stands behind what was sent after its answer.
   *
   * @param places where writes stand that are known to have happened, by their commands
   */
  static List<Violation> of(String entity, List<Operation> operations, Map<String, Long> places) {
    List<Violation> found = new ArrayList<>();
    List<Placed> placed = placed(operations, places);
    Operation latest = null;
    for (int i = 0; i < placed.size(); ) {
      // Reads behind the same entry have no order among themselves.
      int end = i;
      while (end < placed.size() && placed.get(end).place() == placed.get(i).place()) {
        end++;
      }
      List<Placed> together = placed.subList(i, end);
      for (Placed each : together) {
        Operation operation = each.operation();
        if (latest != null && operation.succeeded() && operation.endNanos() < latest.startNanos()) {
          found.add(
              new Violation(
                  Kind.REORDERED,
                  entity,
                  "%s was answered before %s was sent, and stands behind it"
                      .formatted(operation.command(), latest.command())));
        }
      }
      latest = latest(latest, together);
      i = end;
    }
    return found;
  }

  private static List<Placed> placed(List<Operation> operations, Map<String, Long> places) {
    List<Placed> placed = new ArrayList<>();
    for (Operation operation : operations) {
      Long place = places.get(operation.command());
      if (operation.outcome() instanceof Seen seen) {
        // Between the write that it saw and the next one.
        placed.add(new Placed(seen.position() + 0.5, operation));
      } else if (place != null) {
        placed.add(new Placed(place, operation));
      }
    }
    placed.sort(Comparator.comparingDouble(Placed::place));
    return placed;
  }

  private static Operation latest(@Nullable Operation before, List<Placed> together) {
    Operation latest = before == null ? together.get(0).operation() : before;
    for (Placed each : together) {
      if (each.operation().startNanos() > latest.startNanos()) {
        latest = each.operation();
      }
    }
    return latest;
  }
}
