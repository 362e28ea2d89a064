// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.holdfast.sdk.Metadata;
import io.holdfast.sdk.action.ActionContext;
import java.time.Duration;
import java.util.Optional;

/**
 * The circumstances of a call under test, which lasts until the handler has answered.
 *
 * @param cancelled whether the client has gone before
 */
record TestedContext(
    String command, Metadata metadata, Optional<Duration> timeLeft, boolean cancelled)
    implements ActionContext {

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public void onCancel(Runnable action) {
    if (cancelled) {
      action.run();
    }
  }
}
