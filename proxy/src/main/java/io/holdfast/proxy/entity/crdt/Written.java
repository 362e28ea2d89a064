// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt;

import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.entity.onward.Ending;

/**
 * What waits for a write.
 *
 * @param cause the command whose answer asked for it
 * @param ending what happens once it is done
 * @param replyTo who is told when it is not
 */
record Written(Command cause, Ending ending, ReplyTo replyTo) {

  void succeeded() {
    ending.carryOut(replyTo);
  }

  /**
   * @param why completes the sentence "the write …"
   */
  void failed(String why) {
    replyTo.complete(
        Outcome.failed(
            Failure.Code.INDETERMINATE,
            cause.entity() + " " + cause.method().name() + ": the write " + why));
  }
}
