// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * How a function is run, apart from what it does.
 *
 * @param name the function's, for people; may be empty
 * @param version the function's; stored with each event; may be empty
 * @param host the address to listen on
 * @param port 0 for any that is free
 * @param messageBytesMax the longest message taken from the proxy
 */
public record FunctionSettings(
    String name, String version, String host, int port, Mode mode, int messageBytesMax) {

  private static final int PORT_DEFAULT = 8080;
  private static final int PORT_MAX = 65_535;

  /**
   * More than the proxy takes from a function: what one was able to say can be given back to it.
   */
  private static final int MESSAGE_BYTES_MAX_DEFAULT = 48 << 20;

  public FunctionSettings {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(mode, "mode");
    requireBetween("port", port, 0, PORT_MAX);
    requireBetween("messageBytesMax", messageBytesMax, 1, Integer.MAX_VALUE);
  }

  FunctionSettings withName(String name) {
    return new FunctionSettings(name, version, host, port, mode, messageBytesMax);
  }

  FunctionSettings withVersion(String version) {
    return new FunctionSettings(name, version, host, port, mode, messageBytesMax);
  }

  FunctionSettings withHost(String host) {
    return new FunctionSettings(name, version, host, port, mode, messageBytesMax);
  }

  FunctionSettings withPort(int port) {
    return new FunctionSettings(name, version, host, port, mode, messageBytesMax);
  }

  FunctionSettings withMode(Mode mode) {
    return new FunctionSettings(name, version, host, port, mode, messageBytesMax);
  }

  FunctionSettings withMessageBytesMax(int messageBytesMax) {
    return new FunctionSettings(name, version, host, port, mode, messageBytesMax);
  }

  private static void requireBetween(String what, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(what + " is out of range: " + value);
    }
  }

  /**
   * What the operator says, and defaults for the rest. The variables: {@code HOST} (127.0.0.1),
   * {@code PORT} (8080), {@code HOLDFAST_MODE} (production, or development), {@code
   * HOLDFAST_MESSAGE_BYTES_MAX} (50331648), {@code HOLDFAST_FUNCTION_NAME}, {@code
   * HOLDFAST_FUNCTION_VERSION}.
   *
   * @throws FunctionException with every variable that makes no sense
   */
  public static FunctionSettings from(Map<String, String> environment) {
    var problems = new ArrayList<String>();
    int port = number(environment, "PORT", PORT_DEFAULT, 0, PORT_MAX, problems);
    int messageBytesMax =
        number(
            environment,
            "HOLDFAST_MESSAGE_BYTES_MAX",
            MESSAGE_BYTES_MAX_DEFAULT,
            1,
            Integer.MAX_VALUE,
            problems);
    var mode = mode(environment.getOrDefault("HOLDFAST_MODE", "production"), problems);
    if (!problems.isEmpty()) {
      throw new FunctionException(problems);
    }
    return new FunctionSettings(
        environment.getOrDefault("HOLDFAST_FUNCTION_NAME", ""),
        environment.getOrDefault("HOLDFAST_FUNCTION_VERSION", ""),
        environment.getOrDefault("HOST", "127.0.0.1"),
        port,
        mode,
        messageBytesMax);
  }

  private static int number(
      Map<String, String> environment,
      String name,
      int fallback,
      int min,
      int max,
      List<String> problems) {
    String text = environment.get(name);
    if (text == null || text.isBlank()) {
      return fallback;
    }
    try {
      int value = Integer.parseInt(text.strip());
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // The sentence below says it all.
    }
    problems.add("%s is \"%s\": a number from %d to %d is needed".formatted(name, text, min, max));
    return fallback;
  }

  private static Mode mode(String text, List<String> problems) {
    try {
      return Mode.valueOf(text.strip().toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      problems.add("HOLDFAST_MODE is \"%s\": production or development is needed".formatted(text));
      return Mode.PRODUCTION;
    }
  }
}
