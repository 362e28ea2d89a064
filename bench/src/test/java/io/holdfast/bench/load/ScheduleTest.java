// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ScheduleTest {

  @Test
  void spaces_requests_evenly_from_the_start() {
    var schedule = new Schedule(500, 1_000);
    assertThat(schedule.dueNanos(0)).isEqualTo(500);
    assertThat(schedule.dueNanos(1)).isEqualTo(1_000_500);
    assertThat(schedule.dueNanos(2)).isEqualTo(2_000_500);
  }

  @Test
  void does_not_drift_when_the_gap_is_not_a_whole_number_of_nanoseconds() {
    var schedule = new Schedule(0, 30_000);
    long hour = TimeUnit.HOURS.toSeconds(1);
    assertThat(schedule.dueNanos(30_000L * hour)).isEqualTo(TimeUnit.SECONDS.toNanos(hour));
  }

  @Test
  void refuses_a_rate_of_nothing() {
    assertThatThrownBy(() -> new Schedule(0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Schedule(0, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
