// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.session;

import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.Failure;
import io.holdfast.protocol.SideEffect;
import io.holdfast.sdk.definition.Write;
import java.util.List;
import java.util.Objects;

/**
 * The answer to one command, as entities of every kind give it.
 *
 * @param command its id
 * @param action what the client gets; empty for nothing
 * @param write what is to be stored first
 * @param sideEffects what is to be done once it is stored, in this order
 */
public record CommandReply(
    long command, ClientAction action, Write write, List<SideEffect> sideEffects) {
  public CommandReply {
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(write, "write");
    sideEffects = List.copyOf(sideEffects);
  }

  /** The command has failed, and nothing is stored. */
  static CommandReply failed(Failure failure) {
    var action = ClientAction.newBuilder().setFailure(failure).build();
    return new CommandReply(failure.getCommandId(), action, Write.NOTHING, List.of());
  }
}
