// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.function;

import com.typesafe.config.Config;
import io.holdfast.proxy.text.AddressText;
import java.time.Duration;

/**
 * Where the function is, and what passes between it and the proxy.
 *
 * @param messageBytesMax the largest message that the function may send
 * @param closeTimeout how long what is in flight may go on after the connection was given up
 */
public record FunctionSettings(
    String host, int port, int messageBytesMax, int assumedMessageBytesMax, Duration closeTimeout) {

  public FunctionSettings {
    require(!host.isBlank(), "host", "must name the function's host", host);
    require(port > 0 && port < 65_536, "port", "must be between 1 and 65535", port);
    require(messageBytesMax > 0, "message-bytes-max", "must be positive", messageBytesMax);
    require(
        assumedMessageBytesMax > 0,
        "assumed-message-bytes-max",
        "must be positive",
        assumedMessageBytesMax);
    require(
        !closeTimeout.isNegative() && !closeTimeout.isZero(),
        "close-timeout",
        "must be positive",
        closeTimeout);
  }

  /** Reads the block {@code holdfast.function}. */
  public static FunctionSettings from(Config function) {
    return new FunctionSettings(
        function.getString("host"),
        function.getInt("port"),
        bytes(function, "message-bytes-max"),
        bytes(function, "assumed-message-bytes-max"),
        function.getDuration("close-timeout"));
  }

  private static int bytes(Config function, String key) {
    long bytes = function.getBytes(key);
    require(bytes <= Integer.MAX_VALUE, key, "must be less than 2 GiB", bytes);
    return (int) bytes;
  }

  /** Host and port, as logs name them. */
  public String address() {
    return AddressText.of(host, port);
  }

  private static void require(boolean met, String key, String rule, Object value) {
    if (!met) {
      throw new IllegalArgumentException(
          "holdfast.function." + key + " " + rule + " but is '" + value + "'");
    }
  }
}
