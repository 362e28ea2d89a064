// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.command;

/** Brings commands to their entities, wherever in the cluster they live. */
public interface CommandRouter {

  /**
   * Sends the command off and returns at once. Commands sent by one thread to one entity arrive in
   * the order in which they were sent. Each command that has a deadline ends by then, or moments
   * later: with an outcome, or with what it was held up by.
   */
  void route(Command command, ReplyTo replyTo);
}
