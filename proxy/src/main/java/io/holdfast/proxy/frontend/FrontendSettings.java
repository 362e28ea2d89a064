// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.frontend;

import com.typesafe.config.Config;
import io.holdfast.proxy.frontend.cors.CorsSettings;
import java.time.Duration;

/**
 * The bounds and the address of the frontend, as read from {@code holdfast.http}; reference.conf
 * says what each means.
 */
public record FrontendSettings(
    String host,
    int port,
    Duration requestTimeout,
    Duration startPatience,
    int messageBytesMax,
    int headerBytesMax,
    int concurrentCallsMax,
    int connectionsMax,
    int streamsPerConnectionMax,
    Duration idleTimeout,
    ConnectionSettings connections,
    CorsSettings cors,
    Duration shutdownDelay,
    Duration drainTimeout) {

  private static final String PATH = "holdfast.http";
  private static final int PORT_MAX = 65_535;
  // Frames and buffers around a message must still fit an array.
  private static final long MESSAGE_BYTES_LIMIT = 1L << 30;

  public FrontendSettings {
    require(!host.isBlank(), "host", "must not be empty");
    require(port >= 0 && port <= PORT_MAX, "port", "must be between 0 and 65535");
    requirePositive(requestTimeout, "request-timeout");
    require(!startPatience.isNegative(), "start-patience", "must not be negative");
    require(messageBytesMax > 0, "message-bytes-max", "must be more than 0");
    require(headerBytesMax > 0, "header-bytes-max", "must be more than 0");
    require(concurrentCallsMax > 0, "concurrent-calls-max", "must be more than 0");
    require(connectionsMax > 0, "connections-max", "must be more than 0");
    require(streamsPerConnectionMax > 0, "streams-per-connection-max", "must be more than 0");
    requirePositive(idleTimeout, "idle-timeout");
    require(!shutdownDelay.isNegative(), "shutdown-delay", "must not be negative");
    requirePositive(drainTimeout, "drain-timeout");
  }

  /**
   * Reads {@code holdfast.http} of the whole configuration.
   *
   * @throws IllegalArgumentException naming the key, when a value is out of bounds
   */
  public static FrontendSettings from(Config root) {
    Config config = root.getConfig(PATH);
    return new FrontendSettings(
        config.getString("host"),
        config.getInt("port"),
        config.getDuration("request-timeout"),
        config.getDuration("start-patience"),
        bytes(config, "message-bytes-max"),
        bytes(config, "header-bytes-max"),
        config.getInt("concurrent-calls-max"),
        config.getInt("connections-max"),
        config.getInt("streams-per-connection-max"),
        config.getDuration("idle-timeout"),
        ConnectionSettings.from(config),
        CorsSettings.from(config.getConfig("cors")),
        config.getDuration("shutdown-delay"),
        config.getDuration("drain-timeout"));
  }

  private static int bytes(Config config, String key) {
    long bytes = config.getBytes(key);
    require(bytes <= MESSAGE_BYTES_LIMIT, key, "must be at most 1 GiB");
    return (int) bytes;
  }

  private static void requirePositive(Duration value, String key) {
    require(!value.isNegative() && !value.isZero(), key, "must be more than 0");
  }

  private static void require(boolean holds, String key, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(PATH + '.' + key + ' ' + rule);
    }
  }
}
