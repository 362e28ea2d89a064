// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.command;

/** Brings commands to their entities, wherever in the cluster they live. */
public interface CommandRouter {

  /**
   * Sends the command off and returns at once. Commands sent by one thread to one entity arrive in
   * the order in which they were sent. A node that is lost takes the outcomes of its commands with
   * it: callers keep a timer of their own and give up, outcome unknown, at the command's deadline.
   */
  void route(Command command, ReplyTo replyTo);
}
