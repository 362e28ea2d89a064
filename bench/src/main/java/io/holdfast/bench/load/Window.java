// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.load;

import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What happened in a stretch of time.
 *
 * @param latencies of the requests that ended well in it, in nanoseconds
 * @param errors how many requests failed in it
 * @param examples the first few different errors
 */
public record Window(Duration length, Histogram latencies, long errors, List<String> examples) {

  public Window {
    examples = List.copyOf(examples);
  }

  /** Requests that ended well, per second. */
  public double rate() {
    return length.isZero() ? 0 : latencies.getTotalCount() * 1e9 / length.toNanos();
  }

  /** The latency in microseconds that this part of the requests did not exceed. */
  public double micros(double percentile) {
    return latencies.getValueAtPercentile(percentile) / 1e3;
  }
}
