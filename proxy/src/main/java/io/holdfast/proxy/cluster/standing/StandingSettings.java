// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster.standing;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * When a node is in doubt, and for how long.
 *
 * @param silence how long a node may not be heard before any other misses it
 * @param patience how long a node that is in doubt waits for the others' word. By then a decision
 *     about nodes which cannot be reached has been made in any case
 */
public record StandingSettings(Duration silence, Duration patience) {

  private static final String HEARTBEAT_PAUSE =
      "akka.cluster.failure-detector.acceptable-heartbeat-pause";

  /**
   * Derives them from what decides when a node is removed.
   *
   * @param config the whole configuration
   */
  public static StandingSettings from(Config config) {
    Duration silence = config.getDuration(HEARTBEAT_PAUSE);
    Duration stableAfter = config.getDuration("holdfast.cluster.partition.stable-after");
    // Nodes whose view of each other keeps changing are given up well before the double time.
    return new StandingSettings(silence, silence.plus(stableAfter.multipliedBy(2)));
  }
}
