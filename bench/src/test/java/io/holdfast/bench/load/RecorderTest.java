// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.grpc.Status;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RecorderTest {

  private final Recorder recorder = new Recorder(0);

  @Test
  void a_window_holds_what_ended_since_the_last_one() {
    recorder.succeeded(TimeUnit.MILLISECONDS.toNanos(1));
    recorder.take(TimeUnit.SECONDS.toNanos(1));
    recorder.succeeded(TimeUnit.MILLISECONDS.toNanos(2));
    recorder.succeeded(TimeUnit.MILLISECONDS.toNanos(2));
    Window second = recorder.take(TimeUnit.SECONDS.toNanos(3));
    assertThat(second.rate()).isEqualTo(1.0);
    assertThat(second.micros(50)).isCloseTo(2_000, within(2.0));
  }

  @Test
  void percentiles_are_those_of_the_latencies() {
    for (int micros = 1; micros <= 1_000; micros++) {
      recorder.succeeded(TimeUnit.MICROSECONDS.toNanos(micros));
    }
    Window window = recorder.take(TimeUnit.SECONDS.toNanos(1));
    assertThat(window.micros(50)).isCloseTo(500, within(2.0));
    assertThat(window.micros(99)).isCloseTo(990, within(2.0));
    assertThat(window.micros(99.9)).isCloseTo(999, within(2.0));
  }

  @Test
  void a_latency_beyond_the_scale_is_kept_at_its_end() {
    recorder.succeeded(TimeUnit.HOURS.toNanos(1));
    assertThat(recorder.take(1).latencies().getTotalCount()).isEqualTo(1);
  }

  @Test
  void errors_are_counted_all_and_shown_a_few() {
    for (int i = 0; i < 100; i++) {
      recorder.failed(Status.UNAVAILABLE.withDescription("reason " + i % 10));
    }
    Window window = recorder.take(1);
    assertThat(window.errors()).isEqualTo(100);
    assertThat(window.examples())
        .containsExactly("UNAVAILABLE: reason 0", "UNAVAILABLE: reason 1", "UNAVAILABLE: reason 2");
    assertThat(window.latencies().getTotalCount()).isZero();
  }
}
