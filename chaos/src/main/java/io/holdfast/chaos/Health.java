// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos;

import io.holdfast.chaos.history.Operation;
import io.holdfast.chaos.history.Outcome;
import io.holdfast.chaos.load.History;
import io.holdfast.chaos.load.Load;
import io.holdfast.chaos.load.NodeClient;
import io.holdfast.chaos.testbed.Testbed;
import io.holdfast.cli.cluster.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Whether a cluster serves everybody again after a fault. */
final class Health {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration CALL_PATIENCE = Duration.ofSeconds(5);
  private static final long PROBE_MILLIS = 100;

  private final Testbed testbed;
  private final History history;
  private final List<NodeClient> clients;

  Health(Testbed testbed, History history) {
    this.testbed = testbed;
    this.history = history;
    this.clients =
        testbed.nodes().stream()
            .map(node -> new NodeClient(node.spec().port(), CALL_PATIENCE))
            .toList();
  }

  /**
   * Starts what has ended by itself, and waits until every node answers for every hot entity and
   * shows every mark that was acknowledged until now. Empty then; else what it waited for in vain.
   */
  Optional<String> await() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<Operation> soFar = history.operations();
    Optional<String> obstacle = obstacle(soFar);
    while (obstacle.isPresent() && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
      obstacle = obstacle(soFar);
    }
    return obstacle;
  }

  private Optional<String> obstacle(List<Operation> soFar) throws InterruptedException {
    // All at once: none of them waits for another that has to start first.
    testbed.nodes().forEach(testbed::launch);
    for (Node node : testbed.nodes()) {
      Optional<String> obstacle = node.obstacle();
      if (obstacle.isPresent()) {
        return Optional.of("node %d: %s".formatted(node.spec().number(), obstacle.get()));
      }
    }
    for (int node = 1; node <= clients.size(); node++) {
      for (String entity : Load.hot()) {
        if (!(clients.get(node - 1).read(entity) instanceof Outcome.Seen)) {
          return Optional.of("node %d does not answer for %s".formatted(node, entity));
        }
      }
    }
    return boards(soFar);
  }

  private Optional<String> boards(List<Operation> soFar) throws InterruptedException {
    for (String board : Load.boards()) {
      Set<String> marks =
          soFar.stream()
              .filter(each -> each.entity().equals(board) && each.succeeded())
              .map(Operation::command)
              .collect(Collectors.toSet());
      for (int node = 1; node <= clients.size(); node++) {
        if (clients.get(node - 1).show(board).filter(all -> all.containsAll(marks)).isEmpty()) {
          return Optional.of(
              "node %d does not show all acknowledged marks of %s".formatted(node, board));
        }
      }
    }
    return Optional.empty();
  }

  /** The marks that each node shows of a board once all show the same; else as they are. */
  Map<Integer, Set<String>> settled(String board) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Map<Integer, Set<String>> shown = shown(board);
    while (Set.copyOf(shown.values()).size() > 1 && System.nanoTime() < deadline) {
      TimeUnit.MILLISECONDS.sleep(PROBE_MILLIS);
      shown = shown(board);
    }
    return shown;
  }

  private Map<Integer, Set<String>> shown(String board) throws InterruptedException {
    var shown = new TreeMap<Integer, Set<String>>();
    for (int node = 1; node <= clients.size(); node++) {
      shown.put(node, clients.get(node - 1).show(board).orElse(Set.of()));
    }
    return shown;
  }
}
