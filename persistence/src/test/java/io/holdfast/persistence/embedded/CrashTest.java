// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a writing process again and again. Every start checks what the one before left: each
 * acknowledged event once and in order, no write in part. Half of the kills hit the writing, the
 * others the opening and checking too.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CrashTest {

  private static final int DIRECTORIES = 2;
  private static final int KILLS = 26;
  private static final int LINES_MAX = 1500;

  private final Path temporary;

  CrashTest(@TempDir Path temporary) {
    this.temporary = temporary;
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void nothing_acknowledged_is_lost_however_often_the_process_is_killed() throws Exception {
    long seed = Long.getLong("holdfast.seed", System.nanoTime());
    System.out.println("CrashTest: -Dholdfast.seed=" + seed);
    var random = new SplittableRandom(seed);
    var runs = new CompletableFuture<?>[DIRECTORIES];
    for (int i = 0; i < DIRECTORIES; i++) {
      var victim = new Victim(temporary.resolve("data" + i), random.split());
      runs[i] = CompletableFuture.runAsync(victim::killOftenThenCheck);
    }
    CompletableFuture.allOf(runs).join();
  }

  /** One data directory, and what its writers said of it. */
  private static final class Victim {
    private final String directory;
    private final SplittableRandom random;
    private final long[] acknowledged = new long[CrashingWriter.ENTITIES];

    Victim(Path directory, SplittableRandom random) {
      this.directory = directory.toString();
      this.random = random;
    }

    void killOftenThenCheck() {
      try {
        for (int kill = 0; kill < KILLS; kill++) {
          int lines = random.nextBoolean() ? random.nextInt(20) : random.nextInt(LINES_MAX);
          run(ChildJvm.start(CrashingWriter.class, directory), lines);
        }
        Process last = ChildJvm.start(CrashingWriter.class, directory, "once");
        run(last, Integer.MAX_VALUE);
        assertThat(last.waitFor()).isZero();
        assertThat(acknowledged).doesNotContain(0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Kills it after some lines, but hears it out: what it said before it died counts. */
    private void run(Process process, int linesBeforeKill) throws IOException {
      try (BufferedReader lines = ChildJvm.lines(process)) {
        int read = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (read == linesBeforeKill) {
            // Not Process.destroyForcibly, which closes the stream.
            process.toHandle().destroyForcibly();
          }
          read++;
          hear(line);
        }
      } finally {
        process.destroyForcibly();
      }
    }

    private void hear(String line) {
      if (line.startsWith("wrong")) {
        throw new AssertionError(directory + ": " + line);
      }
      String[] words = line.split(" ", -1);
      // The last line of a process may be cut off.
      if (words.length == 4 && words[3].equals(".")) {
        int entity = Integer.parseInt(words[1]);
        long sequence = Long.parseLong(words[2]);
        if (words[0].equals("has")) {
          assertThat(sequence)
              .as("last event of entity %s in %s", entity, directory)
              .isGreaterThanOrEqualTo(acknowledged[entity]);
        }
        acknowledged[entity] = Math.max(acknowledged[entity], sequence);
      }
    }
  }
}
