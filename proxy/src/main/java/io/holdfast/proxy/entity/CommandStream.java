// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity;

import io.holdfast.protocol.Command;

/** A session's side of its stream to the function. */
public interface CommandStream {

  /** Sends a command. Only after the recovery has ended, and before the stream has. */
  void send(Command command);

  /**
   * Tells the function that no more commands will come. It may end its side at leisure; past the
   * close time-out the stream is cancelled.
   */
  void halfClose();

  /** Ends the stream at once. */
  void cancel(String reason);
}
