// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server.action;

import io.holdfast.protocol.action.ActionCommand;

/** What stands for a message of the proxy that cannot be read. */
final class Unreadable {

  static final String SENTENCE = "a message that cannot be read";

  static final ActionCommand COMMAND =
      ActionCommand.newBuilder().setServiceName("(unreadable)").build();

  private Unreadable() {}

  @SuppressWarnings("ReferenceEquality") // Whatever else says the same has been read.
  static boolean is(ActionCommand command) {
    return command == COMMAND;
  }
}
