// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.load;

import io.holdfast.chaos.history.Operation;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/** Everything that clients did and were told. Safe for use by many threads. */
public final class History {

  private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();

  public void add(Operation operation) {
    operations.add(operation);
  }

  public List<Operation> operations() {
    return List.copyOf(operations);
  }

  /** By entity, of those whose names begin so. */
  public Map<String, List<Operation>> ofEntities(String prefix) {
    return operations.stream()
        .filter(operation -> operation.entity().startsWith(prefix))
        .collect(Collectors.groupingBy(Operation::entity, TreeMap::new, Collectors.toList()));
  }
}
