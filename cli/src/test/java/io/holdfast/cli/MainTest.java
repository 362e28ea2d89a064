// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MainTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  private final StringWriter errors = new StringWriter();

  @BeforeEach
  void pretend_to_be_the_script() {
    System.setProperty("holdfast.home", folder.toString());
  }

  @AfterEach
  void stop_pretending() {
    System.clearProperty("holdfast.home");
  }

  @Test
  void a_missing_folder_is_named() {
    assertThat(holdfast("run", "nowhere")).isEqualTo(1);
    assertThat(errors).hasToString("holdfast: There is no folder nowhere.%n".formatted());
  }

  @Test
  void a_folder_without_a_project_is_refused() {
    assertThat(holdfast("run", folder.toString())).isEqualTo(1);
    assertThat(errors.toString()).startsWith("holdfast: There is no pom.xml in " + folder);
  }

  @Test
  void a_taken_port_is_refused_before_anything_is_built() throws IOException {
    Files.createFile(folder.resolve("pom.xml"));
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();
      assertThat(holdfast("run", folder.toString(), "--port", Integer.toString(port))).isEqualTo(1);
      assertThat(errors.toString())
          .startsWith("holdfast: Port " + port + " is taken")
          .hasLineCount(1);
    }
  }

  @Test
  void a_project_without_a_runnable_jar_is_refused() throws IOException {
    Files.createFile(folder.resolve("pom.xml"));
    assertThat(holdfast("run", folder.toString(), "--port=0", "--no-build")).isEqualTo(1);
    assertThat(errors.toString()).startsWith("holdfast: There is no runnable jar in ");
  }

  @Test
  void wrong_arguments_are_usage_errors() {
    assertThat(holdfast()).isEqualTo(2);
    assertThat(holdfast("run")).isEqualTo(2);
    assertThat(holdfast("fly")).isEqualTo(2);
    assertThat(holdfast("run", ".", "--port", "many")).isEqualTo(2);
    assertThat(holdfast("run", ".", "--store", "paper")).isEqualTo(2);
    assertThat(errors.toString().lines())
        .hasSize(5)
        .allMatch(line -> line.startsWith("holdfast: "));
  }

  private int holdfast(String... args) {
    return Main.commandLine().setErr(new PrintWriter(errors)).execute(args);
  }
}
