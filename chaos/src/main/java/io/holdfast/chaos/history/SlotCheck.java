// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.history;

import io.holdfast.chaos.history.Outcome.NothingHappened;
import io.holdfast.chaos.history.Outcome.Overwrote;
import io.holdfast.chaos.history.Outcome.Seen;
import io.holdfast.chaos.history.Outcome.Unknown;
import io.holdfast.chaos.history.Violation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Compares what clients were told of one slot with each other, and with what the store has of it in
 * the end. The store has only the last write; but each reply names the one that it overwrote, so
 * all of them together must be one chain that ends with what is stored. Writes of unknown outcome
 * may stand wherever nobody else does.
 */
public final class SlotCheck {

  private final String entity;
  private final List<Operation> operations;
  private final Map<String, Operation> byCommand = new HashMap<>();

  /** What is known of the chain: the command of each write, by its number. */
  private final TreeMap<Long, String> chain = new TreeMap<>();

  private final Map<String, Long> places = new HashMap<>();
  private final TreeMap<Long, String> instances = new TreeMap<>();
  private final List<Violation> found = new ArrayList<>();

  private SlotCheck(String entity, List<Operation> operations) {
    this.entity = entity;
    this.operations = operations;
    operations.forEach(operation -> byCommand.put(operation.command(), operation));
  }

  /**
   * Everything that is wrong with it.
   *
   * @param operations all that were sent to it
   * @param last the value that the store has of it, if any
   */
  public static List<Violation> of(
      String entity, List<Operation> operations, Optional<StoredEntry> last) {
    var check = new SlotCheck(entity, operations);
    check.writes();
    check.overwritten();
    check.reads();
    check.end(last);
    check.gaps();
    check.found.addAll(OrderCheck.of(entity, operations, check.places));
    check.found.addAll(InstanceCheck.of(entity, check.instances));
    return List.copyOf(check.found);
  }

  private void add(Kind kind, String text) {
    found.add(new Violation(kind, entity, text));
  }

  /** Each write has a number, and no other write has it. */
  private void writes() {
    for (Operation operation : operations) {
      if (operation.outcome() instanceof Overwrote wrote) {
        if (!wrote.now().equals(operation.command())) {
          add(
              Kind.CONTRADICTED,
              "%s was told that %s is there now".formatted(operation.command(), wrote.now()));
        }
        place(wrote.position(), operation.command(), Kind.LOST, "was acknowledged");
        instances.put(wrote.position(), wrote.instance());
      }
    }
  }

  /** What a write overwrote is the write before it. */
  private void overwritten() {
    for (Operation operation : operations) {
      if (operation.outcome() instanceof Overwrote wrote) {
        claim(
            wrote.position() - 1,
            wrote.before(),
            Kind.LOST,
            "was overwritten by " + operation.command());
      }
    }
  }

  private void reads() {
    for (Operation operation : operations) {
      if (operation.outcome() instanceof Seen seen) {
        claim(seen.position(), seen.command(), Kind.CONTRADICTED, "was seen");
      }
    }
  }

  /** The store has the end of the chain. */
  private void end(Optional<StoredEntry> last) {
    long end = last.map(StoredEntry::position).orElse(0L);
    chain
        .tailMap(end, false)
        .forEach(
            (position, command) ->
                add(
                    Kind.LOST,
                    "%s is known as number %d, and the store ends with number %d"
                        .formatted(command, position, end)));
    last.ifPresent(
        stored -> {
          claim(stored.position(), stored.command(), Kind.LOST, "is stored");
          instances.putIfAbsent(stored.position(), stored.instance());
          // Writes that wait together are stored as one.
          if (stored.sequence() < 1 || stored.sequence() > stored.position()) {
            add(
                Kind.BROKEN,
                "number %d is stored with revision %d"
                    .formatted(stored.position(), stored.sequence()));
          }
        });
  }

  /** Somebody says that the command is the write of that number; 0 stands for none yet. */
  private void claim(long position, String command, Kind otherwise, String how) {
    if (position == 0 && command.isEmpty()) {
      return;
    }
    Operation operation = byCommand.get(command);
    if (position < 1 || operation == null || operation.outcome() instanceof Seen) {
      add(Kind.BROKEN, "\"%s\" %s as number %d".formatted(command, how, position));
      return;
    }
    if (operation.outcome() instanceof NothingHappened nothing && !places.containsKey(command)) {
      add(
          Kind.HAPPENED,
          "%s %s as number %d, and its client was told: %s"
              .formatted(command, how, position, nothing.reason()));
    }
    place(position, command, otherwise, how);
  }

  private void place(long position, String command, Kind otherwise, String how) {
    String other = chain.putIfAbsent(position, command);
    if (other != null && !other.equals(command)) {
      add(otherwise, "%s %s as number %d, which is %s".formatted(command, how, position, other));
      return;
    }
    Long elsewhere = places.putIfAbsent(command, position);
    if (elsewhere != null && elsewhere != position) {
      add(
          Kind.DUPLICATED,
          "%s %s as number %d, and is number %d".formatted(command, how, position, elsewhere));
    }
  }

  /** Where nobody is known to stand, somebody whose outcome is unknown must. */
  private void gaps() {
    if (chain.isEmpty()) {
      return;
    }
    long gaps = chain.lastKey() - chain.size();
    long unknown =
        operations.stream()
            .filter(each -> each.outcome() instanceof Unknown)
            .filter(each -> !places.containsKey(each.command()))
            .count();
    if (gaps > unknown) {
      add(
          Kind.BROKEN,
          "%d writes are known of nobody, and only %d ended unknown".formatted(gaps, unknown));
    }
  }
}
