// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.history;

/** How a command ended, as its client was told. */
public sealed interface Outcome {

  /** It was stored, at that place, by that instance. */
  record Acknowledged(long position, String instance) implements Outcome {}

  /**
   * It was stored in the place of another.
   *
   * @param before the command that had written what it overwrote; empty when there was nothing
   * @param now the command whose value is there now
   * @param position which write to the entity it was
   * @param instance that handled it
   */
  record Overwrote(String before, String now, long position, String instance) implements Outcome {}

  /** The entity's last entry was this; position 0 when it had none. */
  record Seen(long position, String command) implements Outcome {}

  /** The server said that it was not carried out. */
  record NothingHappened(String reason) implements Outcome {}

  /** Nobody said what became of it. */
  record Unknown(String reason) implements Outcome {}
}
