// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity;

import io.holdfast.proxy.entity.SessionMessage.Deliver;
import java.util.Optional;

/** Keeps the state of one entity and speaks its kind's protocol: all that differs between kinds. */
public interface EntityKeeper {

  /**
   * Opens a stream to the function and sends it everything that rebuilds the entity's state. What
   * the function says on it, its end, and the end of the recovery reach the session as messages
   * that carry {@code number}.
   */
  CommandStream open(long number);

  /**
   * Why the function could not be given back what a reply asks to be stored: a sentence about its
   * size. Empty when it could be.
   */
  default Optional<String> tooLarge(StateChange change) {
    return Optional.empty();
  }

  /**
   * Stores what a reply asks for, all or nothing and in the order of the calls, then calls {@link
   * Session#stored()}: once for each call, also for an empty change. When it fails, everything
   * after it fails too, and {@link Session#storeFailed} is called instead.
   */
  void store(StateChange change, Deliver cause);

  /**
   * The function cannot read the snapshot that it was sent on the stream opened last: the next
   * streams begin without it. False when it was sent none.
   */
  default boolean passOverSnapshot() {
    return false;
  }

  /** Takes a message that is not for the session; false when it is not for the keeper either. */
  boolean receive(Object message);
}
