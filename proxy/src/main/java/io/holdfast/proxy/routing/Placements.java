// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Which entity types have nobody who places their shards. That is the work of the oldest node,
 * which may run a function that does not have the type: while an update adds it, the nodes with the
 * new function cannot place its shards before the last old one is gone.
 */
final class Placements {

  /** It may be that the oldest node is just about to learn of the type. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Map<String, Unplaced> unplaced = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;
  private final ActorRef watch;

  private record Unplaced(String node, long sinceNanos) {}

  Placements(ActorSystem system, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.watch = PlacementWatch.start(system, this);
  }

  /** From now on, somebody has to place the shards of that type. */
  void opened(String type, ActorRef region) {
    watch.tell(new PlacementWatch.Opened(type, region), ActorRef.noSender());
  }

  /** The oldest node does not have that type. */
  void unplaced(String type, String node) {
    unplaced.compute(
        type,
        (same, before) ->
            before != null && before.node().equals(node)
                ? before
                : new Unplaced(node, nanoTime.getAsLong()));
  }

  /** Its shards are placed, or will be. */
  void placed(String type) {
    unplaced.remove(type);
  }

  /** Why no shard of that type finds a node, if that will not pass by itself; for people. */
  Optional<String> obstacle(String type) {
    Unplaced found = unplaced.get(type);
    if (found == null || nanoTime.getAsLong() - found.sinceNanos() < PATIENCE.toNanos()) {
      return Optional.empty();
    }
    return Optional.of(
        "its shards would be placed by node "
            + found.node()
            + ", whose function does not have entity type "
            + type
            + ", or was not discovered yet");
  }
}
