// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos;

import io.holdfast.chaos.history.BoardCheck;
import io.holdfast.chaos.history.LedgerCheck;
import io.holdfast.chaos.history.Operation;
import io.holdfast.chaos.history.SlotCheck;
import io.holdfast.chaos.history.Violation;
import io.holdfast.chaos.load.History;
import io.holdfast.chaos.load.Load;
import io.holdfast.chaos.testbed.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the promises that were not kept, entity by entity, once the load has stopped. */
final class Judge {

  private final History history;
  private final List<Violation> found = new ArrayList<>();

  Judge(History history) {
    this.history = history;
  }

  /** Everything found until now. */
  List<Violation> found() {
    return List.copyOf(found);
  }

  /** The slots that any client has used. */
  Set<String> slots() {
    return history.ofEntities(Load.SLOT).keySet();
  }

  /** Of what only proxies have, so while they run. */
  void replicas(Health health) throws InterruptedException {
    for (String board : Load.boards()) {
      List<Operation> sent = history.ofEntities(board).getOrDefault(board, List.of());
      found.addAll(BoardCheck.of(board, sent, health.settled(board)));
    }
  }

  /** Of what the store has. */
  void stored(Stored stored) {
    Map<String, List<Operation>> toLedgers = history.ofEntities(Load.LEDGER);
    var ledgers = new TreeSet<>(toLedgers.keySet());
    ledgers.addAll(stored.ledgers().keySet());
    for (String name : ledgers) {
      found.addAll(
          LedgerCheck.of(
              name,
              toLedgers.getOrDefault(name, List.of()),
              stored.ledgers().getOrDefault(name, List.of())));
    }
    history
        .ofEntities(Load.SLOT)
        .forEach(
            (name, sent) ->
                found.addAll(
                    SlotCheck.of(name, sent, Optional.ofNullable(stored.slots().get(name)))));
  }
}
