// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

import java.util.List;

/** What a check of a specification found. */
public sealed interface Verdict {

  /**
   * The function can be served.
   *
   * @param warnings sentences about what works, yet should be changed
   * @param unserved sentences about what the function asks for and this proxy does not do
   */
  record Accepted(FunctionSpec spec, List<String> warnings, List<String> unserved)
      implements Verdict {
    public Accepted {
      warnings = List.copyOf(warnings);
      unserved = List.copyOf(unserved);
    }
  }

  /**
   * The function cannot be served.
   *
   * @param problems everything that is wrong, each a sentence that says what to change; at least
   *     one
   */
  record Refused(List<String> problems) implements Verdict {
    public Refused {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("a refusal needs a reason");
      }
    }
  }
}
