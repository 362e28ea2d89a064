// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BuildErrorsTest {

  @Test
  void what_protoc_says_is_shown_and_its_warnings_are_not() {
    assertThat(
            BuildErrors.in(
                List.of(
                    "[INFO] Building account 1.0.0",
                    "[WARNING] [protoc - stderr pid=7] account.proto:7:1: warning: Import unused.",
                    "[WARNING] [protoc - stderr pid=7] account.proto:26:17: Expected field number.",
                    "[ERROR] protoc (pid 7) returned exit code 1 (error) after 41ms",
                    "[ERROR] Failed to execute goal io.github.ascopes:protobuf-maven-plugin -> [Help 1]",
                    "[ERROR] ",
                    "[ERROR] -> [Help 1]",
                    "[ERROR] Re-run Maven using the -X switch to enable full debug logging.",
                    "[ERROR] [Help 1] http://cwiki.apache.org/confluence")))
        .containsExactly(
            "[ERROR] account.proto:26:17: Expected field number.",
            "[ERROR] protoc (pid 7) returned exit code 1 (error) after 41ms");
  }

  @Test
  void a_pom_that_cannot_be_read_is_shown_with_its_reason() {
    assertThat(
            BuildErrors.in(
                List.of(
                    "[ERROR] [ERROR] Some problems were encountered while processing the POMs:",
                    "[ERROR] The build could not read 1 project -> [Help 1]",
                    "[ERROR]   The project  (pom.xml) has 1 error",
                    "[ERROR]     Non-parseable POM pom.xml: line 30 -> [Help 2]")))
        .containsExactly(
            "[ERROR]   The project  (pom.xml) has 1 error",
            "[ERROR]     Non-parseable POM pom.xml: line 30");
  }

  @Test
  void the_goal_that_failed_is_shown_when_there_is_nothing_better() {
    assertThat(BuildErrors.in(List.of("[ERROR] Failed to execute goal x: why -> [Help 1]")))
        .containsExactly("[ERROR] Failed to execute goal x: why");
  }

  @Test
  void output_without_errors_is_shown_by_its_last_lines() {
    List<String> output = Collections.nCopies(20, "killed");
    assertThat(BuildErrors.in(output)).hasSize(12).containsOnly("killed");
  }
}
