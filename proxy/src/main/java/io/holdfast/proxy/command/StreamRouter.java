// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.command;

/**
 * Brings streamed commands to where they are carried out, on this node. Each method starts the
 * command and returns at once.
 */
public interface StreamRouter {

  /** A command whose answer is a stream. */
  void streamedOut(Command command, ReplyStream replies);

  /**
   * A command whose request is a stream.
   *
   * @param opening has no payload
   */
  void streamedIn(Command opening, RequestStream requests, ReplyTo replyTo);

  /**
   * A command that is streamed both ways.
   *
   * @param opening has no payload
   */
  void streamed(Command opening, RequestStream requests, ReplyStream replies);
}
