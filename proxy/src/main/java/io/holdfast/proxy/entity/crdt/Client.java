// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyTo;

/** Who waits for what becomes of a command. */
sealed interface Client permits Client.Unary, ClientStream {

  /** Ends the wait with a failure. */
  void fail(Failure failure);

  /** Whether nobody waits any more. */
  boolean abandoned();

  /** Waits for one reply. */
  record Unary(ReplyTo replyTo) implements Client {
    @Override
    public void fail(Failure failure) {
      replyTo.complete(new Outcome.Failed(failure));
    }

    @Override
    public boolean abandoned() {
      return replyTo.abandoned();
    }
  }
}
