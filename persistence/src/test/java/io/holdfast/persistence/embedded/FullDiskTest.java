// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that takes no more: the write fails with the reason, and all that was stored stays. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FullDiskTest {

  private final Path temporary;

  FullDiskTest(@TempDir Path temporary) {
    this.temporary = temporary;
  }

  @Test
  void a_log_file_that_may_not_grow_fails_the_write_and_the_store_goes_on_in_a_new_one()
      throws Exception {
    Path data = temporary.resolve("data");

    // In blocks of 512 bytes. The native library, which is unpacked first, must fit.
    List<String> said =
        write(List.of("sh"), "ulimit -f 36000; exec \"$@\"", data, temporary.resolve("none"));

    assertThat(said).hasSize(7);
    assertThat(said.get(0)).contains("cannot write").contains("limit on the size of files");
    assertWhole(said);
  }

  @Test
  void a_full_disk_fails_the_write_and_the_store_goes_on_when_there_is_room_again()
      throws Exception {
    Path disk = Files.createDirectory(temporary.resolve("disk"));
    // Only as the superuser, or where users may have name spaces of their own.
    assumeThat(succeeds("unshare", "-Urm", "mount", "-t", "tmpfs", "none", disk.toString()))
        .as("a file system of our own")
        .isTrue();
    String script =
        "mount -t tmpfs -o size=24m none "
            + disk
            + " && head -c 12582912 /dev/zero > "
            + disk.resolve("ballast")
            + " && exec \"$@\"";

    List<String> said =
        write(
            List.of("unshare", "-Urm", "sh"),
            script,
            disk.resolve("data"),
            disk.resolve("ballast"));

    assertThat(said).hasSize(7);
    assertThat(said.get(0)).contains("cannot write").contains("free space on its disk");
    assertWhole(said);
  }

  private static void assertWhole(List<String> said) {
    assertThat(said.subList(1, 7))
        .containsExactly(
            "readable true",
            "refuses true",
            "waits true",
            "reopens true",
            "recovered true",
            "whole true");
  }

  /** Runs the writer, as the arguments of a script that is in turn the argument of a command. */
  private List<String> write(List<String> shell, String script, Path data, Path ballast)
      throws Exception {
    var command = new ArrayList<>(shell);
    command.addAll(List.of("-c", script, "sh"));
    command.addAll(ChildJvm.command(FillingWriter.class, data.toString(), ballast.toString()));
    return said(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** The writer's own lines; its log goes the same way. */
  private static List<String> said(Process process) throws Exception {
    try (var lines = ChildJvm.lines(process)) {
      return lines
          .lines()
          .filter(
              line -> line.matches("(failed|readable|refuses|waits|reopens|recovered|whole) .*"))
          .collect(Collectors.toList());
    } finally {
      process.waitFor();
    }
  }

  private static boolean succeeds(String... command) throws Exception {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
