// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.project;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What Maven's output says about why a build failed, without what it always says. */
final class BuildErrors {

  private static final int SHOWN_MAX = 12;
  private static final String ERROR = "[ERROR] ";
  // What protoc finds wrong with a .proto file is a warning to the plugin that runs it.
  private static final Pattern PROTOC =
      Pattern.compile("^\\[\\w+] \\[protoc - stderr pid=\\d+] (?!.*: warning: )");
  private static final Pattern HELP = Pattern.compile(" *-> \\[Help \\d+]$");
  private static final Predicate<String> NOISE =
      Pattern.compile(
              "^\\[ERROR\\] *$|^\\[ERROR\\] (\\[ERROR\\]|\\[Help \\d+\\])|[Rr]e-run Maven"
                  + "|For more information|The build could not read")
          .asPredicate();

  private BuildErrors() {}

  /** Its errors, the first ones; else its last lines. */
  static List<String> in(List<String> output) {
    List<String> errors =
        output.stream()
            .map(line -> PROTOC.matcher(line).replaceFirst(ERROR))
            .map(line -> HELP.matcher(line).replaceFirst(""))
            .filter(line -> line.startsWith(ERROR) && !NOISE.test(line))
            .distinct()
            .toList();
    List<String> causes =
        errors.stream().filter(line -> !line.startsWith(ERROR + "Failed to execute goal")).toList();
    List<String> shown = causes.isEmpty() ? errors : causes;
    return shown.isEmpty()
        ? output.subList(Math.max(0, output.size() - SHOWN_MAX), output.size())
        : shown.subList(0, Math.min(SHOWN_MAX, shown.size()));
  }
}
