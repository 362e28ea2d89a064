// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BackupTest {

  @Test
  void a_copy_of_a_directory_that_nobody_has_open_is_the_store_at_that_moment(
      @TempDir Path temporary) {
    Path directory = temporary.resolve("data");
    try (Ledger ledger = Ledger.open(directory)) {
      ledger.append(12, 50);
    }
    Path backup = Directories.copy(directory, temporary.resolve("backup"));
    try (Ledger ledger = Ledger.open(directory)) {
      ledger.append(5, 50);
      assertThat(ledger.readAll()).hasSize(17);
    }

    try (Ledger restored = Ledger.open(backup)) {
      assertThat(restored.readAll()).hasSize(12);
      restored.append(1, 50);
      assertThat(restored.readAll()).hasSize(13);
    }
  }
}
