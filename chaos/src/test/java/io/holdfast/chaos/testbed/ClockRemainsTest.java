// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ClockRemainsTest {

  // Linux gives no process so high a number.
  private static final long GONE = 999_999_999_999L;

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  private Path file(String name) throws Exception {
    return Files.createFile(folder.resolve(name));
  }

  @Test
  void only_what_ended_processes_have_left_since_the_beginning_is_removed() throws Exception {
    Path old = file("faketime_shm_" + (GONE + 1));
    var remains = new ClockRemains(folder);
    Path memory = file("faketime_shm_" + GONE);
    Path semaphore = file("sem.faketime_sem_" + GONE);
    Path ofOneThatRuns = file("faketime_shm_" + ProcessHandle.current().pid());
    Path ofSomethingElse = file("PostgreSQL.1");

    remains.close();

    assertThat(memory).doesNotExist();
    assertThat(semaphore).doesNotExist();
    assertThat(old).exists();
    assertThat(ofOneThatRuns).exists();
    assertThat(ofSomethingElse).exists();
  }
}
