// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.tail;

import io.holdfast.persistence.cassandra.block.Blocks.Block;
import io.holdfast.persistence.cassandra.block.WrittenBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Blocks that are stored together, as one row of the tail. */
final class Burst {

  /** Servers refuse rows of several megabytes. */
  private static final int BYTES_MAX = 512 * 1024;

  final List<WrittenBlock> blocks = new ArrayList<>();
  final CompletableFuture<Long> stored = new CompletableFuture<>();

  /** How many of the blocks do not stand in their own places yet. */
  int unmoved;

  private int bytes;

  boolean hasRoomFor(int more) {
    return blocks.isEmpty() || bytes + more <= BYTES_MAX;
  }

  void add(WrittenBlock block, int size) {
    blocks.add(block);
    unmoved++;
    bytes += size;
  }

  /** The place before all of its events. */
  long start() {
    Block first = blocks.get(0).block();
    return first.place() - first.events();
  }
}
