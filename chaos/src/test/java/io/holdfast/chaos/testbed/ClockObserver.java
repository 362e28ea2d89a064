// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.testbed;

import java.util.concurrent.TimeUnit;

/**
 * A process that prints by how many seconds its wall clock has moved against its other clock, until
 * it is killed.
 */
final class ClockObserver {

  private ClockObserver() {}

  public static void main(String[] arguments) throws InterruptedException {
    long wall = System.currentTimeMillis();
    long other = System.nanoTime();
    while (true) {
      long passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - other);
      System.out.println(Math.round((System.currentTimeMillis() - wall - passed) / 1000.0));
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
