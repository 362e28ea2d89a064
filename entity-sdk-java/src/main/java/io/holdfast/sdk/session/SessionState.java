// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.session;

import com.google.protobuf.Any;
import io.holdfast.protocol.Command;

/** What a session can be in. Each message leads to the next state, which may be the same. */
sealed interface SessionState permits AwaitingInit, Live, Spent {

  SessionState init(Init init);

  SessionState event(long sequence, Any payload);

  SessionState command(Command command);

  /**
   * The proxy has done what the protocol forbids.
   *
   * @param command the id of the command that is to fail; 0 for none
   */
  SessionState breach(long command, String what);
}
