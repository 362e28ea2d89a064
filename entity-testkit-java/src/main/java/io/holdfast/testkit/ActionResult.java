// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import com.google.protobuf.Message;
import io.holdfast.sdk.ReadOnlyEffect;

/**
 * One answer of an action: that to a call, or one in a stream of them.
 *
 * @param <R> the reply
 */
public final class ActionResult<R extends Message> extends Outcome<R> {

  private ActionResult(Ending<R> ending) {
    super(ending);
  }

  static <R extends Message> ActionResult<R> of(ReadOnlyEffect<R> effect) {
    return new ActionResult<>(Ending.of(effect));
  }

  @Override
  public String toString() {
    return text();
  }
}
