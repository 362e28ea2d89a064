// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli;

/** A command cannot go on. The message is one sentence for the user, who may have to act. */
public final class CliException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CliException(String sentence) {
    super(sentence);
  }

  public CliException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
