// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class WallClockTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  private Path library(String where) throws Exception {
    Path library = folder.resolve(where).resolve("faketime/libfaketimeMT.so.1");
    Files.createDirectories(library.getParent());
    return Files.createFile(library);
  }

  @Test
  void the_library_is_found_in_a_folder_or_in_one_below_for_the_kind_of_processor()
      throws Exception {
    List<Path> folders = List.of(folder.resolve("none"), folder.resolve("a"), folder.resolve("b"));
    assertThat(WallClock.libraryIn(folders)).isEmpty();
    Path deep = library("b/x86_64-linux-gnu");
    assertThat(WallClock.libraryIn(folders)).contains(deep);
    Path flat = library("a");
    assertThat(WallClock.libraryIn(folders)).contains(flat);
  }

  @Test
  void the_file_says_how_far_ahead_the_clock_is() throws Exception {
    Path file = folder.resolve("clock");
    var clock = new WallClock(library("lib"), file);
    assertThat(file).hasContent("+0");
    clock.set(Duration.ofMinutes(-2));
    assertThat(file).hasContent("-120");
    clock.set(Duration.ofSeconds(5));
    assertThat(file).hasContent("+5");
    assertThat(clock.environment())
        .containsEntry("FAKETIME_TIMESTAMP_FILE", file.toString())
        .containsEntry("LD_PRELOAD", folder.resolve("lib/faketime/libfaketimeMT.so.1").toString());
  }

  @Test
  void a_java_process_sees_its_clock_set_where_the_library_is_installed() throws Exception {
    if (WallClock.library().isEmpty()) {
      assertThat(Path.of("/usr/lib/x86_64-linux-gnu/faketime")).doesNotExist();
      return;
    }
    var clock = new WallClock(WallClock.library().get(), folder.resolve("clock"));
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            Path.of(ClockObserver.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString(),
            ClockObserver.class.getName());
    builder.environment().putAll(clock.environment());
    try (var remains = new ClockRemains()) {
      observe(builder.start(), clock);
    }
  }

  private static void observe(Process process, WallClock clock) throws Exception {
    try (BufferedReader lines = process.inputReader()) {
      for (int ahead : List.of(0, 90, -60, 0)) {
        clock.set(Duration.ofSeconds(ahead));
        awaitLine(lines, ahead);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** Fails by the test's time limit, or when the process has ended. */
  private static void awaitLine(BufferedReader lines, int seconds) throws Exception {
    String line = lines.readLine();
    while (line != null && Integer.parseInt(line) != seconds) {
      line = lines.readLine();
    }
    assertThat(line).isNotNull();
  }
}
