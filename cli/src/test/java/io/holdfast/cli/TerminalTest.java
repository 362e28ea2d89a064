// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TerminalTest {

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  @Test
  void lines_of_programs_stand_behind_their_names() {
    Terminal terminal = terminal(false);
    terminal.linesOf("function", Terminal.Colour.CYAN).show("one");
    terminal.linesOf("proxy", Terminal.Colour.MAGENTA).show("two");

    assertThat(shown()).isEqualTo("function | one%nproxy    | two%n".formatted());
  }

  @Test
  void only_the_name_is_coloured() {
    terminal(true).linesOf("proxy", Terminal.Colour.MAGENTA).show("two");

    assertThat(shown()).isEqualTo("\u001b[35mproxy    |\u001b[0m two%n".formatted());
  }

  private Terminal terminal(boolean coloured) {
    return new Terminal(new PrintStream(shown, true, StandardCharsets.UTF_8), coloured);
  }

  private String shown() {
    return shown.toString(StandardCharsets.UTF_8);
  }
}
