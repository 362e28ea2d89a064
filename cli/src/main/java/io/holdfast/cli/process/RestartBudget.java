// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.process;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** How often a program may be started again: so many times within a moving window. */
final class RestartBudget {

  private final int restartsMax;
  private final Duration window;
  private final Clock clock;
  private final Deque<Instant> restarts = new ArrayDeque<>();

  RestartBudget(int restartsMax, Duration window, Clock clock) {
    this.restartsMax = restartsMax;
    this.window = window;
    this.clock = clock;
  }

  /** Takes one restart, if one is left. */
  boolean take() {
    Instant now = clock.instant();
    while (!restarts.isEmpty() && restarts.getFirst().plus(window).isBefore(now)) {
      restarts.removeFirst();
    }
    if (restarts.size() >= restartsMax) {
      return false;
    }
    restarts.addLast(now);
    return true;
  }
}
