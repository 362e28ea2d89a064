// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend.call;

import io.holdfast.proxy.command.Failure;

/** A request that cannot become a command. Nothing has happened. */
public final class RefusedCallException extends Exception {

  private final transient Failure failure;

  private RefusedCallException(Failure failure) {
    // Clients can cause these at will: no stack trace.
    super(failure.detail(), null, false, false);
    this.failure = failure;
  }

  /** The request is wrong in itself. */
  public static RefusedCallException invalid(String detail) {
    return of(Failure.Code.INVALID_COMMAND, detail);
  }

  public static RefusedCallException of(Failure.Code code, String detail) {
    return new RefusedCallException(Failure.of(code, detail));
  }

  public Failure failure() {
    return failure;
  }
}
