// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli;

import io.holdfast.cli.process.Child.Lines;
import java.io.PrintStream;

/** Where everything is shown: our own lines, and those of each child behind its name. */
final class Terminal {

  enum Colour {
    CYAN("36"),
    MAGENTA("35"),
    BOLD("1");

    private final String code;

    Colour(String code) {
      this.code = code;
    }
  }

  private final PrintStream out;
  private final boolean coloured;

  Terminal(PrintStream out, boolean coloured) {
    this.out = out;
    this.coloured = coloured;
  }

  /** Colours as the script decided, which knows whether somebody looks. */
  static Terminal ofThisProcess() {
    return new Terminal(System.out, Boolean.getBoolean("holdfast.colour"));
  }

  void say(String text) {
    synchronized (out) {
      out.println(text);
      out.flush();
    }
  }

  /** Lines of a child, each behind {@code name} and a bar. */
  Lines linesOf(String name, Colour colour) {
    String prefix = paint(colour, "%-8s |".formatted(name));
    return line -> say(prefix + " " + line);
  }

  String paint(Colour colour, String text) {
    return coloured ? "\u001b[" + colour.code + "m" + text + "\u001b[0m" : text;
  }
}
