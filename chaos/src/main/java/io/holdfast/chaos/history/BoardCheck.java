// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.history;

import io.holdfast.chaos.history.Violation.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Compares the replicas of one board, all at rest, with what clients were told. */
public final class BoardCheck {

  private BoardCheck() {}

  /**
   * Everything that is wrong with it.
   *
   * @param operations all that were sent to it
   * @param replicas the marks that each node shows
   */
  public static List<Violation> of(
      String entity, List<Operation> operations, Map<Integer, Set<String>> replicas) {
    List<Violation> found = new ArrayList<>();
    Set<String> sent = new HashSet<>();
    Set<String> all = new HashSet<>();
    operations.forEach(operation -> sent.add(operation.command()));
    replicas.values().forEach(all::addAll);
    new TreeMap<>(replicas)
        .forEach(
            (node, marks) -> {
              if (!marks.equals(all)) {
                found.add(
                    new Violation(
                        Kind.DIVERGED,
                        entity,
                        "node %d shows %d of %d marks".formatted(node, marks.size(), all.size())));
              }
            });
    for (Operation operation : operations) {
      if (operation.outcome() instanceof Outcome.Acknowledged
          && !all.contains(operation.command())) {
        found.add(
            new Violation(
                Kind.LOST, entity, operation.command() + " was acknowledged and no node has it"));
      }
    }
    for (String mark : all) {
      if (!sent.contains(mark)) {
        found.add(new Violation(Kind.BROKEN, entity, "nobody sent " + mark));
      }
    }
    return List.copyOf(found);
  }
}
