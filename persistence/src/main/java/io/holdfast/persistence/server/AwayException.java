// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.server;

/**
 * The server does not answer now, which may pass by itself. The message is a sentence for the
 * operator.
 */
public final class AwayException extends Exception {

  private static final long serialVersionUID = 1L;

  public AwayException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
