// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.tail;

import io.holdfast.persistence.cassandra.block.EntityKey;
import io.holdfast.persistence.cassandra.block.WrittenBlock;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bursts of which blocks do not stand in their own places yet. Not for several threads at once.
 */
final class Unmoved {

  // The oldest first.
  private final LinkedHashSet<Burst> bursts = new LinkedHashSet<>();
  private final Map<ByteBuffer, Integer> blocks = new HashMap<>();
  private Map<ByteBuffer, List<Moving>> ended = new LinkedHashMap<>();

  /** To be done before anything is added to it. */
  void begin(Burst burst) {
    bursts.add(burst);
  }

  void add(Burst burst, WrittenBlock block, int bytes) {
    burst.add(block, bytes);
    blocks.merge(block.key().id(), 1, Integer::sum);
  }

  /** The write of a burst has ended: it can be moved. */
  void ended(Burst burst) {
    for (WrittenBlock block : burst.blocks) {
      ended
          .computeIfAbsent(block.key().id(), id -> new ArrayList<>(4))
          .add(Moving.of(burst, block));
    }
  }

  /** A burst was never written. */
  void drop(Burst burst) {
    burst.blocks.forEach(block -> moved(block.key().id(), burst));
  }

  boolean has(EntityKey key) {
    return blocks.containsKey(key.id());
  }

  boolean canMove() {
    return !ended.isEmpty();
  }

  /** The start of the oldest burst; null when everything is moved. */
  @Nullable Long start() {
    return bursts.isEmpty() ? null : bursts.iterator().next().start();
  }

  /** What can be moved, by entity and in the order of its events; others take nothing of it. */
  Collection<List<Moving>> take() {
    Collection<List<Moving>> taken = ended.values();
    ended = new LinkedHashMap<>();
    return taken;
  }

  void moved(Collection<List<Moving>> entities) {
    for (List<Moving> entity : entities) {
      for (Moving each : entity) {
        ByteBuffer id = each.block().key().id();
        each.bursts().forEach(burst -> moved(id, burst));
      }
    }
  }

  private void moved(ByteBuffer id, Burst burst) {
    if (--burst.unmoved == 0) {
      bursts.remove(burst);
    }
    blocks.computeIfPresent(id, (same, count) -> count == 1 ? null : count - 1);
  }

  /** To be moved once more, before what came meanwhile; that is the same for those that were. */
  void putBack(Collection<List<Moving>> entities) {
    var again = new LinkedHashMap<ByteBuffer, List<Moving>>();
    for (List<Moving> entity : entities) {
      again.put(entity.get(0).block().key().id(), new ArrayList<>(entity));
    }
    ended.forEach(
        (id, later) -> again.computeIfAbsent(id, fresh -> new ArrayList<>()).addAll(later));
    ended = again;
  }
}
