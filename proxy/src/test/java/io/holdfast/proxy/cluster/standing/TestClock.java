// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster.standing;

import java.time.Duration;
import java.util.function.Supplier;

/** Stands still unless told otherwise. */
public final class TestClock implements Supplier<Reading> {

  private Reading reading = new Reading(7, 7);

  @Override
  public synchronized Reading get() {
    return reading;
  }

  /** Time passes for both of the machine's clocks. */
  public void passes(Duration time) {
    move(time, time);
  }

  synchronized void move(Duration monotonic, Duration wall) {
    reading =
        new Reading(reading.nanos() + monotonic.toNanos(), reading.millis() + wall.toMillis());
  }
}
