// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.history;

/** A promise that was not kept. */
public record Violation(Kind kind, String entity, String text) {

  /** Which promise. */
  public enum Kind {
    /** What was acknowledged is not in the store. */
    LOST,
    /** What was sent once is in the store more than once. */
    DUPLICATED,
    /** What was acknowledged before the other was sent stands behind it. */
    REORDERED,
    /** A reply says what the store does not. */
    CONTRADICTED,
    /** Two instances of an entity wrote in turns. */
    TWO_INSTANCES,
    /** A command of which the server said that nothing happened is in the store. */
    HAPPENED,
    /** The store has what nobody wrote, or not all that was written before. */
    BROKEN,
    /** Replicas differ when all has come to rest. */
    DIVERGED,
    /** The cluster did not come back. */
    STUCK
  }

  @Override
  public String toString() {
    return "%s %s: %s".formatted(kind, entity, text);
  }
}
