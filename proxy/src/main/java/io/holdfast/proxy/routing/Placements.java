// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Which entity types have nobody who places their shards. That is the work of the oldest node,
 * which may run a function that does not have the type: while an update adds it, the nodes with the
 * new function cannot place its shards before the last old one is gone.
 */
final class Placements {

  /** A type that was just discovered is opened within that time. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** For its function, when all nodes start together. */
  private static final Duration PATIENCE_AT_START = Duration.ofSeconds(10);

  private final Map<String, Unplaced> unplaced = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;
  private final ActorRef watch;

  private final ActorSystem system;
  private final AtomicBoolean discovered = new AtomicBoolean();

  private record Unplaced(String node, boolean discovered, long sinceNanos) {
    long patienceNanos() {
      return (discovered ? PATIENCE : PATIENCE_AT_START).toNanos();
    }
  }

  Placements(ActorSystem system, LongSupplier nanoTime) {
    this.system = system;
    this.nanoTime = nanoTime;
    this.watch = PlacementWatch.start(system, this);
  }

  /** From now on, somebody has to place the shards of that type. */
  void opened(String type, ActorRef region) {
    watch.tell(new PlacementWatch.Opened(type, region), ActorRef.noSender());
  }

  /** This node has discovered its function, and opened the types that it has. */
  void discovered() {
    if (discovered.compareAndSet(false, true)) {
      PlacementWatch.discovered(system);
    }
  }

  /**
   * The oldest node does not have that type.
   *
   * @param discovered whether it has discovered its function
   */
  void unplaced(String type, String node, boolean discovered) {
    unplaced.compute(
        type,
        (same, before) ->
            before != null && before.node().equals(node) && before.discovered() == discovered
                ? before
                : new Unplaced(node, discovered, nanoTime.getAsLong()));
  }

  /** Its shards are placed, or will be. */
  void placed(String type) {
    unplaced.remove(type);
  }

  /** Why no shard of that type finds a node, if that will not pass by itself; for people. */
  Optional<String> obstacle(String type) {
    Unplaced found = unplaced.get(type);
    if (found == null || nanoTime.getAsLong() - found.sinceNanos() < found.patienceNanos()) {
      return Optional.empty();
    }
    return Optional.of(
        "its shards would be placed by node "
            + found.node()
            + (found.discovered()
                ? ", whose function does not have entity type " + type
                : ", which has not discovered a function with entity type " + type));
  }
}
