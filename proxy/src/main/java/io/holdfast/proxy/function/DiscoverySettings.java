// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.function;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How the proxy finds out what the function serves.
 *
 * @param checkVersion whether a function of another protocol version is refused
 * @param timeout how long one attempt to connect and ask may take
 * @param retryMin the wait before the second attempt; each further wait is twice as long
 * @param retryMax the longest wait
 * @param retryJitter the part of each wait that is random, from 0 to 1
 * @param reportTimeout how long the function may take for one reported error
 * @param reportsMax how many reported errors may be under way; more are dropped
 */
public record DiscoverySettings(
    boolean checkVersion,
    Duration timeout,
    Duration retryMin,
    Duration retryMax,
    double retryJitter,
    Duration reportTimeout,
    int reportsMax) {

  public DiscoverySettings {
    require(isPositive(timeout), "timeout", "must be positive", timeout);
    require(isPositive(retryMin), "retry-min", "must be positive", retryMin);
    require(
        retryMax.compareTo(retryMin) >= 0, "retry-max", "must not be below retry-min", retryMax);
    require(
        retryJitter >= 0 && retryJitter <= 1,
        "retry-jitter",
        "must be between 0 and 1",
        retryJitter);
    require(isPositive(reportTimeout), "report-timeout", "must be positive", reportTimeout);
    require(reportsMax > 0, "reports-max", "must be positive", reportsMax);
  }

  /** Reads the block {@code holdfast.discovery}. */
  public static DiscoverySettings from(Config discovery) {
    return new DiscoverySettings(
        discovery.getBoolean("check-version"),
        discovery.getDuration("timeout"),
        discovery.getDuration("retry-min"),
        discovery.getDuration("retry-max"),
        discovery.getDouble("retry-jitter"),
        discovery.getDuration("report-timeout"),
        discovery.getInt("reports-max"));
  }

  private static boolean isPositive(Duration value) {
    return !value.isZero() && !value.isNegative();
  }

  private static void require(boolean met, String key, String rule, Object value) {
    if (!met) {
      throw new IllegalArgumentException(
          "holdfast.discovery." + key + " " + rule + " but is " + value);
    }
  }
}
