// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.tail;

import io.holdfast.persistence.cassandra.block.Blocks.Block;
import io.holdfast.persistence.cassandra.block.EntityKey;
import io.holdfast.persistence.cassandra.block.Payloads.Payload;
import io.holdfast.persistence.cassandra.block.Places;
import io.holdfast.persistence.cassandra.block.WrittenBlock;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A block on its way to its entity's history and to the log. Blocks that follow each other become
 * one, which costs servers as much as each of them. Once that was tried it stays as it is: it may
 * be stored although it failed, and another one of the same epoch in its place would mix with it.
 *
 * @param bursts where its events stand in the tail
 * @param isPlaced whether its place is the one that it has in the log
 */
record Moving(WrittenBlock block, List<Burst> bursts, boolean isPlaced) {

  /** Who reads from the middle of a block reads all of it. */
  private static final int BYTES_MAX = 16 * 1024;

  static Moving of(Burst burst, WrittenBlock block) {
    return new Moving(block, List.of(burst), false);
  }

  /**
   * What stands for these blocks of one entity in its history and in the log, where they get places
   * of now: none may be before what was moved while they were written.
   *
   * @param lateMillis readers of the log may be past places that are so old
   */
  static List<Moving> joined(List<Moving> blocks, Places places, long lateMillis) {
    var joined = new ArrayList<Moving>();
    boolean late = false;
    int from = 0;
    for (; from < blocks.size() && blocks.get(from).isPlaced(); from++) {
      Moving tried = blocks.get(from);
      late = late || places.millisSince(tried.block().block().place()) > lateMillis;
      joined.add(late ? tried.placed(places) : tried);
    }
    while (from < blocks.size()) {
      int to = endOfJoint(blocks, from);
      joined.add(join(blocks.subList(from, to)).placed(places));
      from = to;
    }
    return joined;
  }

  private static int endOfJoint(List<Moving> blocks, int from) {
    WrittenBlock first = blocks.get(from).block();
    long last = first.block().last();
    int bytes = inline(first);
    int to = from + 1;
    for (; to < blocks.size(); to++) {
      WrittenBlock next = blocks.get(to).block();
      bytes += inline(next);
      if (next.epoch() != first.epoch()
          || next.block().first() != last + 1
          || next.block().last() - first.block().first() >= Places.BLOCK_EVENTS_MAX
          || EntityKey.part(next.block().first()) != EntityKey.part(first.block().first())
          || bytes > BYTES_MAX) {
        break;
      }
      last = next.block().last();
    }
    return to;
  }

  /** More than fits for those whose bytes are in chunks. */
  private static int inline(WrittenBlock block) {
    ByteBuffer bytes = block.block().payload().bytes();
    return bytes == null ? BYTES_MAX + 1 : bytes.remaining();
  }

  private static Moving join(List<Moving> blocks) {
    Moving first = blocks.get(0);
    if (blocks.size() == 1) {
      return first;
    }
    int size = blocks.stream().mapToInt(each -> inline(each.block())).sum();
    ByteBuffer bytes = ByteBuffer.allocate(size);
    var bursts = new ArrayList<Burst>(blocks.size());
    for (Moving each : blocks) {
      ByteBuffer part = each.block().block().payload().bytes();
      if (part != null) {
        bytes.put(part.duplicate());
      }
      bursts.addAll(each.bursts());
    }
    Block newest = blocks.get(blocks.size() - 1).block().block();
    var all =
        new Block(
            first.block().block().first(),
            newest.last(),
            newest.place(),
            0,
            new Payload(bytes.flip(), null, 0));
    return new Moving(
        new WrittenBlock(first.block().key(), first.block().epoch(), all), bursts, false);
  }

  private Moving placed(Places places) {
    return new Moving(block.at(places.next(block.block().events())), bursts, true);
  }
}
