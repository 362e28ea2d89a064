// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisplayNameGeneration(ReplaceUnderscores.class)
class UsageTest {

  private static final String STATUS = "Name:\tjava\nVmPeak:\t 99 kB\nVmRSS:\t   204800 kB\n";

  @Test
  void adds_user_and_system_time() throws IOException {
    var usage =
        Usage.parse("42 (java) S 1 42 42 0 -1 4194304 9 0 0 0 1234 66 0 0 20 0 30 0 5\n", STATUS);
    assertThat(usage).isEqualTo(new Usage(13.0, 200.0));
  }

  @Test
  void is_not_led_astray_by_the_name_of_the_program() throws IOException {
    var usage =
        Usage.parse("42 (a) S (b c) R 1 42 42 0 -1 0 9 0 0 0 100 100 0 0 20 0 3 0 5", STATUS);
    assertThat(usage.cpuSeconds()).isEqualTo(2.0);
  }

  @Test
  void says_what_was_used_in_between() {
    var between = new Usage(13.5, 210).since(new Usage(12.0, 900));
    assertThat(between).isEqualTo(new Usage(1.5, 210));
  }

  @Test
  void refuses_what_is_no_process() {
    assertThatThrownBy(() -> Usage.parse("42 (java) S 1", STATUS)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Usage.parse("4 (z) Z 1 2 3 4 5 6 7 8 9 10 11 12 13", "Name:\tz\n"))
        .isInstanceOf(IOException.class);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void finds_this_process() {
    var usage = Usage.of(ProcessHandle.current().pid()).orElseThrow();
    assertThat(usage.rssMb()).isBetween(10.0, 10_000.0);
    assertThat(usage.cpuSeconds()).isPositive();
  }

  @Test
  void finds_nothing_where_there_is_no_process() {
    assertThat(Usage.of(Long.MAX_VALUE)).isEmpty();
  }
}
