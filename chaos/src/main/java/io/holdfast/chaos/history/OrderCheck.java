// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.history;

import io.holdfast.chaos.history.Violation.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was answered before another command was sent comes before it, reads included, as far as it
 * is known where an operation stands.
 */
final class OrderCheck {

  /** An operation, and where it stands among the others of its entity. */
  record Placed(double place, Operation operation) {

    /** A write, as the one of that number. */
    static Placed at(long position, Operation write) {
      return new Placed(position, write);
    }

    /** A read, after the write that it saw. */
    static Placed behind(long position, Operation read) {
      return new Placed(position + 0.5, read);
    }
  }

  private OrderCheck() {}

  /** Everything that stands behind what was sent after its answer. */
  static List<Violation> of(String entity, List<Placed> operations) {
    List<Violation> found = new ArrayList<>();
    List<Placed> placed = new ArrayList<>(operations);
    placed.sort(Comparator.comparingDouble(Placed::place));
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
