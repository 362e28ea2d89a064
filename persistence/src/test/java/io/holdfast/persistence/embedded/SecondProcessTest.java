// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SecondProcessTest {

  @Test
  void a_second_process_is_kept_out_until_the_first_one_closes(@TempDir Path temporary)
      throws Exception {
    Path data = temporary.resolve("data");
    try (Ledger ledger = Ledger.open(data)) {
      ledger.append(3, 10);

      assertThat(saidBySecond(data))
          .hasSize(2)
          .last()
          .asString()
          .startsWith("wrong")
          .contains(data + " is in use by another proxy; stop that one or set HOLDFAST_DATA_DIR");

      ledger.append(3, 10);
      assertThat(ledger.readAll()).hasSize(6);
    }
    assertThat(saidBySecond(data)).contains("has 0 0 .");
  }

  private static List<String> saidBySecond(Path data) throws Exception {
    Process second = ChildJvm.start(CrashingWriter.class, data.toString(), "once");
    try (var lines = ChildJvm.lines(second)) {
      return lines
          .lines()
          .filter(line -> line.matches("(opening|wrong|has|ack).*"))
          .collect(Collectors.toList());
    } finally {
      assertThat(second.waitFor()).isZero();
    }
  }
}
