// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.command;

/** Brings streamed commands to where they are carried out, on this node. */
public interface StreamRouter {

  /** A command whose answer is a stream. Sends it off and returns at once. */
  void route(Command command, ReplyStream replies);

  /**
   * A command whose request is a stream, and perhaps its answer too; if not, the answer is one
   * reply and the end. Starts it and returns at once.
   *
   * @param opening has no payload
   */
  void route(Command opening, RequestStream requests, ReplyStream replies);
}
