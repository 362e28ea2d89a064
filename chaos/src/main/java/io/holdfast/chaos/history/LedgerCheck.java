// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.history;

import io.holdfast.chaos.history.Outcome.Acknowledged;
import io.holdfast.chaos.history.Outcome.NothingHappened;
import io.holdfast.chaos.history.Outcome.Seen;
import io.holdfast.chaos.history.Violation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares what clients were told of one ledger with what the store has of it in the end. */
public final class LedgerCheck {

  private final String entity;
  private final List<Operation> operations;
  private final List<StoredEntry> log;
  private final Map<String, Operation> byCommand = new HashMap<>();
  private final Map<String, StoredEntry> stored = new HashMap<>();
  private final List<Violation> found = new ArrayList<>();

  private LedgerCheck(String entity, List<Operation> operations, List<StoredEntry> log) {
    this.entity = entity;
    this.operations = operations;
    this.log = log;
    operations.forEach(operation -> byCommand.put(operation.command(), operation));
  }

  /**
   * Everything that is wrong with it.
   *
   * @param operations all that were sent to it
   * @param log all its events, in the order of the store
   */
  public static List<Violation> of(
      String entity, List<Operation> operations, List<StoredEntry> log) {
    var check = new LedgerCheck(entity, operations, log);
    check.log();
    check.instances();
    check.replies();
    check.found.addAll(OrderCheck.of(entity, operations, check.places()));
    return List.copyOf(check.found);
  }

  private void add(Kind kind, String text) {
    found.add(new Violation(kind, entity, text));
  }

  /** Each event once, at the place that its writer gave it, and each asked for. */
  private void log() {
    long expected = 1;
    for (StoredEntry entry : log) {
      if (entry.sequence() != expected || entry.position() != expected) {
        add(
            Kind.BROKEN,
            "event %d stands at place %d and was written as number %d"
                .formatted(entry.sequence(), expected, entry.position()));
      }
      expected++;
      if (stored.putIfAbsent(entry.command(), entry) != null) {
        add(
            Kind.DUPLICATED,
            "%s is stored again at %d".formatted(entry.command(), entry.sequence()));
      }
      Operation operation = byCommand.get(entry.command());
      if (operation == null) {
        add(
            Kind.BROKEN,
            "nobody sent %s, stored at %d".formatted(entry.command(), entry.sequence()));
      } else if (operation.outcome() instanceof NothingHappened nothing) {
        add(
            Kind.HAPPENED,
            "%s is stored at %d, and its client was told: %s"
                .formatted(entry.command(), entry.sequence(), nothing.reason()));
      }
    }
  }

  private void instances() {
    var writers = new TreeMap<Long, String>();
    log.forEach(entry -> writers.put(entry.sequence(), entry.instance()));
    found.addAll(InstanceCheck.of(entity, writers));
  }

  private void replies() {
    for (Operation operation : operations) {
      if (operation.outcome() instanceof Acknowledged acknowledged) {
        reply(operation, acknowledged);
      } else if (operation.outcome() instanceof Seen seen) {
        saw(seen);
      }
    }
  }

  private void reply(Operation operation, Acknowledged acknowledged) {
    StoredEntry entry = stored.get(operation.command());
    if (entry == null) {
      add(
          Kind.LOST,
          "%s was acknowledged at %d and is not stored"
              .formatted(operation.command(), acknowledged.position()));
    } else if (entry.sequence() != acknowledged.position()
        || !entry.instance().equals(acknowledged.instance())) {
      add(
          Kind.CONTRADICTED,
          "%s was acknowledged at %d by %s and is stored at %d by %s"
              .formatted(
                  operation.command(),
                  acknowledged.position(),
                  acknowledged.instance(),
                  entry.sequence(),
                  entry.instance()));
    }
  }

  private void saw(Seen seen) {
    if (seen.position() == 0) {
      return;
    }
    String there = seen.position() > log.size() ? "nothing" : at(seen.position());
    if (!there.equals(seen.command())) {
      add(
          Kind.CONTRADICTED,
          "a read saw %s at %d, where the store has %s"
              .formatted(seen.command(), seen.position(), there));
    }
  }

  private String at(long position) {
    return log.get((int) position - 1).command();
  }

  private Map<String, Long> places() {
    Map<String, Long> places = new HashMap<>();
    stored.forEach((command, entry) -> places.put(command, entry.sequence()));
    return places;
  }
}
