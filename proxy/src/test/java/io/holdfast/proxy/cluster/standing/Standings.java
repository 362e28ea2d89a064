// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster.standing;

import java.time.Duration;

/** Standings for tests of those who go by one. */
public final class Standings {

  static final Duration SILENCE = Duration.ofSeconds(3);

  private Standings() {}

  /** One that is sure for ever. */
  public static Standing sure() {
    return by(new TestClock());
  }

  /** One that takes more than three seconds of that clock for a standstill. */
  public static Standing by(TestClock clock) {
    return new Standing(SILENCE, clock);
  }

  /** Others confirm what it is in doubt about. */
  public static void confirm(Standing standing) {
    standing.confirm(standing.doubt().orElseThrow());
  }
}
