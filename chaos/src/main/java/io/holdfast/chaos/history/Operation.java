// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.history;

/**
 * A command to an entity, and how it ended.
 *
 * @param command unique over the run; of reads as well
 * @param node through which it went
 * @param startNanos before it was sent
 * @param endNanos after it was answered, on the same clock
 */
public record Operation(
    String entity, String command, int node, long startNanos, long endNanos, Outcome outcome) {

  /** Whether it was carried out, as far as the client knows. */
  public boolean succeeded() {
    return !(outcome instanceof Outcome.NothingHappened || outcome instanceof Outcome.Unknown);
  }
}
