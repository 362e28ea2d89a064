// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import java.util.function.LongSupplier;

/**
 * How large the state of an entity may become. Measuring it takes as long as it is large, so it is
 * measured only when all that was added since the last time might have led past the limit.
 */
final class SizeLimit {

  private final long bytesMax;
  private long bytesAtMost;

  /**
   * @param bytes of the state as it is
   */
  SizeLimit(long bytesMax, long bytes) {
    this.bytesMax = bytesMax;
    this.bytesAtMost = bytes;
  }

  /** The state was changed by that much, and nobody was asked: by another node. */
  void changed(long bytes) {
    bytesAtMost += bytes;
  }

  /**
   * Whether the function may make a change. One that does not make the state larger may always be
   * made: what nodes have written apart may be too large together, and has to become smaller.
   *
   * @param changeBytes of the change itself
   * @param before measures the state without it
   * @param after measures the state with it
   */
  boolean allows(long changeBytes, LongSupplier before, LongSupplier after) {
    if (bytesAtMost + changeBytes <= bytesMax) {
      bytesAtMost += changeBytes;
      return true;
    }
    long bytes = after.getAsLong();
    if (bytes > bytesMax && bytes > before.getAsLong()) {
      return false;
    }
    bytesAtMost = bytes;
    return true;
  }
}
