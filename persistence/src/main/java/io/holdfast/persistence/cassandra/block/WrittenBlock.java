// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.block;

import io.holdfast.persistence.cassandra.block.Blocks.Block;

/**
 * A block of an entity, as its writer wrote it.
 *
 * @param epoch the claim that it was written under
 */
public record WrittenBlock(EntityKey key, long epoch, Block block) {

  /** The same, elsewhere in the log. */
  public WrittenBlock at(long place) {
    return new WrittenBlock(key, epoch, block.at(place));
  }
}
