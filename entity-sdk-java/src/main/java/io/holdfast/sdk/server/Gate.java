// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Lets a stream be closed between two messages, but never within one. One thread at a time enters
 * and leaves; any thread may shut.
 */
final class Gate {

  private enum State {
    OPEN,
    BUSY,
    SHUTTING,
    SHUT
  }

  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

  /** Begins a message; false if the gate is shut. */
  boolean enter() {
    return state.compareAndSet(State.OPEN, State.BUSY);
  }

  /** Ends a message; false if the gate was shut meanwhile, and the caller is to close. */
  boolean leave() {
    if (state.compareAndSet(State.BUSY, State.OPEN)) {
      return true;
    }
    return !state.compareAndSet(State.SHUTTING, State.SHUT);
  }

  /** Shuts; true if the caller is to close, false if that is done or left to who is inside. */
  boolean shut() {
    var before =
        state.getAndUpdate(
            now -> now == State.OPEN ? State.SHUT : now == State.BUSY ? State.SHUTTING : now);
    return before == State.OPEN;
  }

  /** Shuts from within a message: nothing more is to be closed. */
  void close() {
    state.set(State.SHUT);
  }
}
