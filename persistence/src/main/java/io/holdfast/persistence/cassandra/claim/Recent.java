// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.claim;

import io.holdfast.persistence.cassandra.block.Blocks.Block;
import io.holdfast.persistence.cassandra.block.WrittenBlock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Blocks of an entity that may not stand in its history yet, as they were found in tails.
 *
 * @param settled blocks of earlier claims than this one count no more
 * @param blocks by their first event; of two for the same event, the later claim's comes first
 */
record Recent(long settled, List<WrittenBlock> blocks) {

  static Recent of(Standing standing, List<WrittenBlock> found) {
    return new Recent(
        standing.settled(),
        found.stream()
            .sorted(
                Comparator.comparingLong((WrittenBlock each) -> each.block().first())
                    .thenComparing(WrittenBlock::epoch, Comparator.reverseOrder()))
            .toList());
  }

  /**
   * Those that follow on the last event of the history. Of two for the same event, that of the
   * later claim counts, and from then on no earlier one.
   */
  List<Block> behind(long last) {
    var behind = new ArrayList<Block>();
    long next = last + 1;
    long epoch = settled;
    for (WrittenBlock each : blocks) {
      if (each.block().first() == next && each.epoch() >= epoch) {
        behind.add(each.block());
        next = each.block().last() + 1;
        epoch = each.epoch();
      }
    }
    return behind;
  }

  /** Those that must stand in a history which ends with that event, as far as its writer came. */
  List<Block> upTo(long last) {
    var upTo = new TreeMap<Long, Block>();
    for (WrittenBlock each : blocks) {
      if (each.block().last() <= last && each.epoch() >= settled) {
        upTo.putIfAbsent(each.block().first(), each.block());
      }
    }
    return List.copyOf(upTo.values());
  }
}
