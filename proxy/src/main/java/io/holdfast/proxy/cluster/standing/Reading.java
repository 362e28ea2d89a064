// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster.standing;

import java.time.Duration;

/**
 * What this machine's two clocks say. The monotonic one stops while a machine is suspended; the
 * other goes on, but may be set.
 *
 * @param nanos of {@link System#nanoTime}
 * @param millis of {@link System#currentTimeMillis}
 */
public record Reading(long nanos, long millis) {

  /** The time by now. */
  public static Reading now() {
    return new Reading(System.nanoTime(), System.currentTimeMillis());
  }

  /** How long {@code earlier} is past, by whichever clock says more; never negative. */
  Duration since(Reading earlier) {
    Duration byMonotonic = Duration.ofNanos(nanos - earlier.nanos);
    Duration byWall = Duration.ofMillis(millis - earlier.millis);
    return byMonotonic.compareTo(byWall) > 0 ? byMonotonic : byWall;
  }

  /** As {@link #since}, whether that is longer than {@code limit}. Makes no garbage. */
  boolean isLaterThan(Reading earlier, Duration limit) {
    return nanos - earlier.nanos > limit.toNanos() || millis - earlier.millis > limit.toMillis();
  }
}
