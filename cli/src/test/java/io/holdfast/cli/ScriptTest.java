// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script on a machine that has no JDK, or a wrong one. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScriptTest {

  private static final List<String> TOOLS = List.of("dirname", "readlink", "sed", "head", "cat");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path machine;

  @Test
  void help_needs_no_java() throws Exception {
    assertThat(holdfast(Map.of(), "--help")).startsWith("0 Usage: holdfast COMMAND");
  }

  @Test
  void a_missing_jdk_is_one_sentence() throws Exception {
    assertThat(holdfast(Map.of(), "version"))
        .isEqualTo(
            "1 holdfast: a JDK 17 or newer is needed; none was found by JAVA_HOME or on the PATH."
                + " Install one, or set JAVA_HOME to it.");
  }

  @Test
  void an_old_java_is_named() throws Exception {
    Path jdk = jdk("old", "1.8.0_292", true);
    assertThat(holdfast(Map.of("JAVA_HOME", jdk.toString()), "version"))
        .startsWith("1 holdfast: a JDK 17 or newer is needed; the Java in " + jdk)
        .contains("/bin is older.");
  }

  @Test
  void a_java_without_a_compiler_is_named() throws Exception {
    Path jre = jdk("jre", "21.0.1", false);
    assertThat(holdfast(Map.of("JAVA_HOME", jre.toString()), "version"))
        .contains("/bin has no compiler (javac).");
  }

  private Path jdk(String name, String version, boolean compiler) throws IOException {
    Path bin = Files.createDirectories(machine.resolve(name).resolve("bin"));
    program(bin.resolve("java"), "echo 'openjdk version \"%s\"' >&2".formatted(version));
    if (compiler) {
      program(bin.resolve("javac"), "exit 0");
    }
    return machine.resolve(name);
  }

  private static void program(Path file, String text) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Exit code and output, with only the tools above on the PATH. */
  private String holdfast(Map<String, String> environment, String argument) throws Exception {
    Path tools = Files.createDirectories(machine.resolve("tools"));
    for (String tool : TOOLS) {
      program(tools.resolve(tool), "PATH=/usr/bin:/bin exec %s \"$@\"".formatted(tool));
    }
    var builder =
        new ProcessBuilder("/bin/bash", Path.of("../holdfast").toRealPath().toString(), argument)
            .redirectErrorStream(true);
    builder.environment().remove("JAVA_HOME");
    builder.environment().put("PATH", tools.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + " " + output.strip();
  }
}
