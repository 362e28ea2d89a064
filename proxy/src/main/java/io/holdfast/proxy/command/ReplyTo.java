// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.command;

/** Waits for the outcome of one command. */
public interface ReplyTo {

  /** Called once, on any thread; never blocks. Further calls are ignored. */
  void complete(Outcome outcome);

  /**
   * Whether nobody waits any more. A command that no function has seen by then need not be carried
   * out.
   */
  boolean abandoned();

  /**
   * The command has been taken in by its entity, which will answer it, also when its time is up.
   * Until then it may be sent again.
   *
   * @return false when that has happened: the command must not be carried out
   */
  default boolean reached() {
    return true;
  }

  /** The function is being asked to carry the command out. */
  default void asked() {}

  /**
   * Has {@code action} called, on any thread and perhaps twice, when nobody waits any more. Who
   * cannot tell, as on another node, never calls it. At most one action.
   */
  default void whenAbandoned(Runnable action) {}
}
