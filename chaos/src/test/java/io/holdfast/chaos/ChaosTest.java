// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A short run as it must be, and one with proxies that are wrong on purpose. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(400)
class ChaosTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  private final StringWriter out = new StringWriter();

  @BeforeEach
  void pretend_to_be_the_script() {
    System.setProperty("holdfast.home", Path.of("..").toAbsolutePath().normalize().toString());
  }

  @AfterEach
  void stop_pretending() {
    System.clearProperty("holdfast.home");
  }

  private int chaos(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(out, true))
        .execute(arguments);
  }

  @Test
  void a_cluster_that_is_broken_under_load_keeps_its_promises() throws Exception {
    int code =
        chaos(
            "--seed=4",
            "--minutes=0.1",
            "--faults=pause-store,kill-proxy",
            "--report-dir=" + folder);

    assertThat(code).as(out.toString()).isZero();
    assertThat(Files.readString(folder.resolve("report.json")))
        .contains("\"lost\": 0.0", "\"duplicated\": 0.0", "\"twoInstances\": 0.0")
        .doesNotContain("\"faults\": []");
  }

  @Test
  void proxies_that_acknowledge_before_they_store_and_a_store_that_forgets_are_caught()
      throws Exception {
    int code =
        chaos(
            "--seed=4",
            "--minutes=0.05",
            "--nodes=1",
            "--faults=kill-proxy",
            "--break=acknowledge-before-storing,forget-values",
            "--report-dir=" + folder);

    assertThat(code).as(out.toString()).isEqualTo(1);
    assertThat(Files.readString(folder.resolve("report.txt"))).contains("BROKEN PROMISES");
    assertThat(Files.readString(folder.resolve("report.json")))
        .contains("LOST ledger-", "LOST slot-");
  }

  @Test
  void what_cannot_be_run_is_explained() {
    assertThat(chaos("--faults=flood")).isEqualTo(2);
    assertThat(chaos("--store=paper")).isEqualTo(2);
    assertThat(chaos("--store=embedded", "--faults=cut")).isEqualTo(2);
    assertThat(chaos("--break=everything")).isEqualTo(2);
    assertThat(chaos("--store=cassandra", "--break=forget-values")).isEqualTo(2);
    assertThat(chaos("--nodes=0")).isEqualTo(2);
    assertThat(chaos("--nodes=1", "--faults=cut")).isEqualTo(2);
    assertThat(chaos("--minutes=0")).isEqualTo(2);
    assertThat(out.toString())
        .contains("There is no fault \"flood\"", "There is no store \"paper\"");
  }
}
