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
}
