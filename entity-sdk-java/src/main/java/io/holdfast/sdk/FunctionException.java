// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import java.util.List;

/** The function cannot start. Its message lists every reason, and what to change. */
public final class FunctionException extends RuntimeException {

  private final transient List<String> problems;

  /** For these reasons, at least one. */
  public FunctionException(List<String> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  /** Every reason, as one sentence each. */
  public List<String> problems() {
    return problems;
  }

  private static String message(List<String> problems) {
    return problems.size() == 1
        ? problems.get(0)
        : "%d things are wrong:%n  - %s"
            .formatted(problems.size(), String.join(System.lineSeparator() + "  - ", problems));
  }
}
