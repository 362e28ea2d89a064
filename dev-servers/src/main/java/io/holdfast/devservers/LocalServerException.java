// SPDX-License-Identifier: Apache-2.0
package io.holdfast.devservers;

/** A server cannot be started or signalled. The message is one sentence for people. */
public final class LocalServerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LocalServerException(String sentence) {
    super(sentence);
  }

  LocalServerException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
