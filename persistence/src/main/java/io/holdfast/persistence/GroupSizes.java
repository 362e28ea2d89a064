// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many writes a store makes durable with one commit: those that wait while it is busy with the
 * ones before. Safe for use by many threads.
 */
public final class GroupSizes {

  private static final Logger log = LoggerFactory.getLogger(GroupSizes.class);

  private volatile IntConsumer listener = writes -> {};

  /**
   * From now on {@code listener} is told of each commit that succeeds, before those are who wait
   * for it; nobody else is told any more. The thread that writes runs it: it must not block.
   */
  public void watch(IntConsumer listener) {
    this.listener = listener;
  }

  /** For stores: a commit has made so many writes durable. Does not throw. */
  public void stored(int writes) {
    try {
      listener.accept(writes);
    } catch (RuntimeException e) {
      // Those who wait must hear of their writes all the same.
      log.error("The size of a group of writes could not be told", e);
    }
  }
}
