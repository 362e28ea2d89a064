// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.session;

import io.holdfast.protocol.eventsourced.EventSourcedStreamIn;

/**
 * The entity's state can no longer be trusted, or the stream has ended.
 *
 * @param ended whether the stream has
 */
record Spent(EntityAddress address, Failures failures, ToProxy proxy, boolean ended)
    implements SessionState {

  @Override
  public SessionState receive(EventSourcedStreamIn message) {
    if (ended) {
      return this;
    }
    return failures.breach(
        address,
        message.getCommand().getId(),
        "a message came after a failure that asked for a restart",
        proxy);
  }
}
