// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.fault;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Which fault comes next. The same seed gives the same plan; every kind has its turn. */
public final class FaultPlan {

  private static final int STEP_SECONDS_MAX = 300;

  private final List<FaultKind> kinds;
  private final int nodes;
  private final Random random;
  private final Deque<FaultKind> bag = new ArrayDeque<>();

  public FaultPlan(List<FaultKind> kinds, int nodes, long seed) {
    if (kinds.isEmpty() || nodes < 1) {
      throw new IllegalArgumentException("no faults, or no nodes");
    }
    this.kinds = List.copyOf(kinds);
    this.nodes = nodes;
    this.random = new Random(seed);
  }

  public PlannedFault next() {
    if (bag.isEmpty()) {
      List<FaultKind> shuffled = new ArrayList<>(kinds);
      Collections.shuffle(shuffled, random);
      bag.addAll(shuffled);
    }
    FaultKind kind = bag.removeFirst();
    long range = kind.longest().minus(kind.shortest()).toMillis();
    // Short ones are more frequent: most of what happens in a cluster happens in seconds.
    long more = (long) (range * random.nextDouble() * random.nextDouble());
    return new PlannedFault(
        kind,
        1 + random.nextInt(nodes),
        kind.shortest().plus(Duration.ofMillis(more)),
        kind == FaultKind.STEP_CLOCK ? step() : Duration.ZERO);
  }

  /** As many of some seconds as of some minutes. */
  private Duration step() {
    long seconds = Math.round(Math.pow(STEP_SECONDS_MAX, random.nextDouble()));
    return Duration.ofSeconds(random.nextBoolean() ? seconds : -seconds);
  }
}
