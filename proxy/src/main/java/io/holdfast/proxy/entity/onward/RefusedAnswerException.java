// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.onward;

/** An answer, or a part of one, that the function must not give. */
public final class RefusedAnswerException extends Exception {

  private static final long serialVersionUID = 1L;

  /**
   * @param what completes the sentence "the function …"
   */
  public RefusedAnswerException(String what) {
    super(what, null, false, false);
  }

  /** Completes the sentence "the function …". */
  public String what() {
    return String.valueOf(getMessage());
  }
}
