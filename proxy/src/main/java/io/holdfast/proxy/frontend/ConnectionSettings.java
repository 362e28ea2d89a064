// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * How long connections of clients live, as read from {@code holdfast.http}.
 *
 * @param keepaliveInterval after how long without a word a client is asked whether it is still
 *     there, and how long it may take to answer; 0 for never
 * @param ageMax after how long a client is asked to come back on another connection; 0 for never
 * @param ageGrace how long calls may go on then
 */
record ConnectionSettings(Duration keepaliveInterval, Duration ageMax, Duration ageGrace) {

  // Armeria takes no less for either.
  private static final Duration LEAST = Duration.ofSeconds(1);

  ConnectionSettings {
    requireOffOrAtLeastOneSecond(keepaliveInterval, "keepalive-interval");
    requireOffOrAtLeastOneSecond(ageMax, "connection-age-max");
    if (ageGrace.isNegative()) {
      throw new IllegalArgumentException("holdfast.http.connection-age-grace must not be negative");
    }
  }

  static ConnectionSettings from(Config http) {
    return new ConnectionSettings(
        http.getDuration("keepalive-interval"),
        http.getDuration("connection-age-max"),
        http.getDuration("connection-age-grace"));
  }

  private static void requireOffOrAtLeastOneSecond(Duration value, String key) {
    if (!value.isZero() && value.compareTo(LEAST) < 0) {
      throw new IllegalArgumentException(
          "holdfast.http." + key + " must be 0 (off) or at least 1 second");
    }
  }
}
