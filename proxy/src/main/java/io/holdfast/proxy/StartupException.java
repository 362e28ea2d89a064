// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy;

import java.util.List;

/** The proxy cannot start. The message is what an operator or developer has to change. */
public final class StartupException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private StartupException(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  private StartupException(String sentences) {
    super(sentences);
  }

  static StartupException because(Throwable cause) {
    String message = cause.getMessage();
    return new StartupException(message == null ? cause.toString() : message, cause);
  }

  static StartupException functionRefused(List<String> problems) {
    return new StartupException(
        "The function cannot be served:\n  " + String.join("\n  ", problems));
  }
}
