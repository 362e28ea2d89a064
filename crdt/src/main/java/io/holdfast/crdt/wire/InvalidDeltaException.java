// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.wire;

/** A change that the function must not ask for. */
public final class InvalidDeltaException extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidDeltaException(String what) {
    super(what, null, false, false);
  }

  /** Completes the sentence "the function …". */
  public String what() {
    return String.valueOf(getMessage());
  }
}
