// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.fault;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What can go wrong. */
public enum FaultKind {
  /** The proxy of a node crashes (SIGKILL). */
  KILL_PROXY(1, 5),
  /** It stands still (SIGSTOP), shorter and longer than others wait for it. */
  PAUSE_PROXY(2, 20),
  /** The function of a node crashes. */
  KILL_FUNCTION(1, 5),
  /** It stands still. */
  PAUSE_FUNCTION(2, 15),
  /** A node is stopped in order, as when a release is rolled out. */
  STOP_NODE(1, 3),
  /** The store crashes. */
  KILL_STORE(1, 8),
  /** It stands still. */
  PAUSE_STORE(2, 15),
  /** A node and the others cannot reach each other. */
  CUT(3, 45),
  /** The others do not hear a node that hears them. */
  CUT_ONE_WAY(3, 25),
  /** No node can reach another. */
  CUT_ALL(3, 45),
  /** A node cannot reach the store; the others can. */
  CUT_STORE(3, 25),
  /** A proxy and its function cannot reach each other. */
  CUT_FUNCTION(2, 20),
  /** Everything between a node and the others comes later. */
  DELAY(5, 10),
  /** Much between a node and the others has to be sent again. */
  LOSS(5, 10),
  /** The wall clock of a proxy is set, forward or back, and set right again. */
  STEP_CLOCK(3, 15),
  /** The disk of the embedded store is full. */
  FULL_DISK(2, 6);

  private static final Set<FaultKind> OF_SERVERS = EnumSet.of(KILL_STORE, PAUSE_STORE, CUT_STORE);
  private static final Set<FaultKind> OF_NETWORKS =
      EnumSet.of(CUT, CUT_ONE_WAY, CUT_ALL, DELAY, LOSS);
  private static final Set<FaultKind> OF_NO_NODE =
      EnumSet.of(KILL_STORE, PAUSE_STORE, CUT_ALL, FULL_DISK);

  private final int secondsMin;
  private final int secondsMax;

  FaultKind(int secondsMin, int secondsMax) {
    this.secondsMin = secondsMin;
    this.secondsMax = secondsMax;
  }

  /** How long it lasts at the least. */
  public Duration shortest() {
    return Duration.ofSeconds(secondsMin);
  }

  /** How long it lasts at the most. */
  public Duration longest() {
    return Duration.ofSeconds(secondsMax);
  }

  /** Whether it strikes one of the nodes; else all of them. */
  public boolean strikesOneNode() {
    return !OF_NO_NODE.contains(this);
  }

  /** Whether a node, or a part of it, does not run meanwhile. */
  boolean takesDown() {
    return this == KILL_PROXY || this == KILL_FUNCTION || this == STOP_NODE;
  }

  /**
   * Those that can happen.
   *
   * @param embedded whether the store is part of the proxy, or a server
   * @param clocks whether proxies can have clocks of their own
   */
  public static List<FaultKind> possible(boolean embedded, int nodes, boolean clocks) {
    return Arrays.stream(values())
        .filter(kind -> embedded ? !OF_SERVERS.contains(kind) : kind != FULL_DISK)
        .filter(kind -> clocks || kind != STEP_CLOCK)
        .filter(kind -> nodes > 1 || !OF_NETWORKS.contains(kind))
        .toList();
  }

  /**
   * The kind that users write so.
   *
   * @throws IllegalArgumentException when there is none, with a sentence for users
   */
  public static FaultKind named(String text) {
    return Arrays.stream(values())
        .filter(kind -> kind.toString().equals(text.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no fault \"%s\": choose of %s."
                        .formatted(
                            text,
                            Arrays.stream(values())
                                .map(FaultKind::toString)
                                .collect(Collectors.joining(", ")))));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
