// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.load;

import io.grpc.Status;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** Counts and times what ends, window by window. */
final class Recorder {

  private static final long LOWEST_NANOS = 1_000;
  private static final long HIGHEST_NANOS = Duration.ofMinutes(2).toNanos();
  private static final int DIGITS = 3;
  private static final int EXAMPLES_MAX = 3;

  private final Histogram latencies = new Histogram(LOWEST_NANOS, HIGHEST_NANOS, DIGITS);
  private final Set<String> examples = new LinkedHashSet<>();
  private long errors;
  private long sinceNanos;

  Recorder(long nowNanos) {
    this.sinceNanos = nowNanos;
  }

  void succeeded(long latencyNanos) {
    latencies.recordValue(Math.min(Math.max(latencyNanos, 0), HIGHEST_NANOS));
  }

  void failed(Status status) {
    errors++;
    if (examples.size() < EXAMPLES_MAX) {
      examples.add(status.getCode() + ": " + status.getDescription());
    }
  }

  /** Ends the window and begins the next. */
  Window take(long nowNanos) {
    var window =
        new Window(
            Duration.ofNanos(nowNanos - sinceNanos),
            latencies.copy(),
            errors,
            List.copyOf(examples));
    latencies.reset();
    examples.clear();
    errors = 0;
    sinceNanos = nowNanos;
    return window;
  }
}
