// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity;

import java.time.Duration;

/** The actor around a session. */
public interface SessionHost {

  /** Sends the session a message after a while. */
  void schedule(Duration delay, SessionMessage message);

  /** Begins to bring what the command has come without; answers {@link SessionMessage.Arrived}. */
  void fetch(SessionMessage.Deliver placeholder, PendingContent pending);

  /**
   * Takes back a command that the function has not been asked: another life of the entity, here or
   * elsewhere, may carry it out.
   */
  void giveBack(SessionMessage.Deliver command);

  /** The entity has been asked to leave memory: only its shard brings it commands from now on. */
  void leaving();

  /** Ends the entity's life in memory. Everything is answered and stored by then. */
  void leave();
}
