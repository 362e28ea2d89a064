// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.call;

import io.holdfast.proxy.command.Failure;

/** A reply that the client's protocol has no form for. */
public final class UnwritableReplyException extends Exception {

  private final transient Failure failure;

  /**
   * @param detail for the client
   */
  public UnwritableReplyException(String detail) {
    // Ends in the client's error, never in a log with a trace.
    super(detail, null, false, false);
    this.failure = Failure.of(Failure.Code.FUNCTION_BROKEN, detail);
  }

  public Failure failure() {
    return failure;
  }
}
