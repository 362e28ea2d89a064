// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.process;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Why a program ended, from what it wrote to standard error: Holdfast's programs end with one
 * sentence, other Java programs with an exception. Safe for use by many threads.
 */
final class LastWords {

  private static final int LINES_MAX = 200;
  private static final int SHOWN_MAX = 12;
  private static final String OURS = "holdfast: ";
  private static final Pattern REASON =
      Pattern.compile(
          "holdfast: .*|The function cannot start: .*|Exception in thread .*|Error: .*");
  private static final Pattern MORE = Pattern.compile("\\s+(?!at |\\.\\.\\. ).*|Caused by: .*");

  private final Deque<String> lines = new ArrayDeque<>();

  synchronized void add(String line) {
    lines.addLast(line);
    if (lines.size() > LINES_MAX) {
      lines.removeFirst();
    }
  }

  /** The reason, with its further lines if it has any; empty when none was given. */
  synchronized String reason() {
    List<String> all = List.copyOf(lines);
    for (int start = all.size() - 1; start >= 0; start--) {
      if (REASON.matcher(all.get(start)).matches()) {
        return from(all.subList(start, all.size()));
      }
    }
    return all.isEmpty() ? "" : all.get(all.size() - 1).strip();
  }

  private static String from(List<String> lines) {
    String first = lines.get(0);
    var text = new StringBuilder(first.startsWith(OURS) ? first.substring(OURS.length()) : first);
    lines.stream()
        .skip(1)
        .filter(line -> MORE.matcher(line).matches())
        .limit(SHOWN_MAX)
        .forEach(line -> text.append('\n').append(line));
    return text.toString();
  }
}
