// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.network;

import java.time.Duration;
import java.util.Random;

/**
 * What passes from one node to another. Nothing that was sent is ever thrown away, as TCP sends
 * again what a network loses: it comes late, or not while the link is cut. Safe for use by many
 * threads.
 */
final class Link {

  // What TCP waits at least before it sends again.
  private static final Duration RESEND = Duration.ofMillis(200);

  private final Random random;
  private boolean cut;
  private Duration delay = Duration.ZERO;
  private double loss;

  Link(long seed) {
    random = new Random(seed);
  }

  synchronized void cut() {
    cut = true;
  }

  synchronized void delay(Duration by) {
    delay = by;
  }

  /**
   * @param share of what is sent, from 0 to 1
   */
  synchronized void lose(double share) {
    loss = share;
  }

  synchronized void heal() {
    cut = false;
    delay = Duration.ZERO;
    loss = 0;
    notifyAll();
  }

  /** Returns when what was just sent may arrive. */
  synchronized void pass() throws InterruptedException {
    while (cut) {
      wait();
    }
    long nanos = delay.toNanos();
    while (loss > 0 && random.nextDouble() < loss) {
      nanos += RESEND.toNanos();
    }
    long deadline = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = deadline - System.nanoTime()) {
      // A millisecond more, for wait(0) waits for ever.
      wait(left / 1_000_000 + 1);
      while (cut) {
        wait();
      }
    }
  }
}
