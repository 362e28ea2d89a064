// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.session;

import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.Failure;
import io.holdfast.sdk.definition.Write;
import java.util.Objects;

/**
 * The answer to one command, as entities of every kind give it.
 *
 * @param command its id
 * @param action what the client gets; empty for nothing
 * @param write what is to be stored first
 */
public record CommandReply(long command, ClientAction action, Write write) {
  public CommandReply {
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(write, "write");
  }

  /** The command has failed, and nothing is stored. */
  static CommandReply failed(Failure failure) {
    var action = ClientAction.newBuilder().setFailure(failure).build();
    return new CommandReply(failure.getCommandId(), action, Write.NOTHING);
  }
}
