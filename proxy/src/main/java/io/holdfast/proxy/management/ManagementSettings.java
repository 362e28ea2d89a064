// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.management;

import com.typesafe.config.Config;

/**
 * Whether and where the operators' port is open.
 *
 * @param port 0 takes a free one
 */
public record ManagementSettings(boolean open, String host, int port) {

  /** What is taken when the port has to be open and none was named. */
  public static final int USUAL_PORT = 8558;

  private static final String OFF = "off";
  private static final int PORT_MAX = 65_535;

  public ManagementSettings {
    if (host.isBlank()) {
      throw new IllegalArgumentException("holdfast.management.host must not be empty");
    }
    if (port < 0 || port > PORT_MAX) {
      throw wrongPort(Integer.toString(port));
    }
  }

  /**
   * Reads {@code holdfast.management}.
   *
   * @param needed whether the port is open even if it is not asked for
   */
  public static ManagementSettings from(Config management, boolean needed) {
    String host = management.getString("host");
    String port = management.getString("port");
    if (isOff(port)) {
      return new ManagementSettings(needed, host, USUAL_PORT);
    }
    if (!port.matches("\\d{1,5}")) {
      throw wrongPort(port);
    }
    return new ManagementSettings(true, host, Integer.parseInt(port));
  }

  // HOCON takes off for a boolean, and a file may say false.
  private static boolean isOff(String port) {
    return port.equals(OFF) || port.equals("false");
  }

  private static IllegalArgumentException wrongPort(String port) {
    return new IllegalArgumentException(
        "holdfast.management.port must be off or between 0 and 65535 but is " + port);
  }
}
