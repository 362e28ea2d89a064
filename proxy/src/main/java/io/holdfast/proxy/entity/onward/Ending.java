// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.onward;

import io.holdfast.proxy.command.ReplyTo;

/** How a command ends once everything that it changed is stored. */
@FunctionalInterface
public interface Ending {

  /** Sees to it that whoever waits gets an outcome, now or later. Never blocks. */
  void carryOut(ReplyTo replyTo);
}
