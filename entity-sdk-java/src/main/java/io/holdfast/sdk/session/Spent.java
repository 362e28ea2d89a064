// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.session;

import com.google.protobuf.Any;
import io.holdfast.protocol.Command;

/**
 * The entity's state can no longer be trusted, or the stream has ended.
 *
 * @param ended whether the stream has
 */
record Spent(EntityAddress address, Failures failures, ToProxy proxy, boolean ended)
    implements SessionState {

  private static final String LATE = "a message came after a failure that asked for a restart";

  @Override
  public SessionState init(Init init) {
    return breach(0, LATE);
  }

  @Override
  public SessionState event(long sequence, Any payload) {
    return breach(0, LATE);
  }

  @Override
  public SessionState command(Command command) {
    return breach(command.getId(), LATE);
  }

  @Override
  public SessionState breach(long command, String what) {
    return ended ? this : failures.breach(address, command, what, proxy);
  }
}
