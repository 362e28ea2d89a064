// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.passthrough;

import java.io.IOException;
import java.net.InetSocketAddress;

/** The pass-through as a process. It reads the environment variables that the proxy reads. */
public final class PassthroughMain {

  private PassthroughMain() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    var clients = address("HTTP_HOST", "HTTP_PORT");
    var function = address("USER_FUNCTION_HOST", "USER_FUNCTION_PORT");
    // The function and the load generator want the other half.
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    try (var passthrough = Passthrough.start(clients, function, threads)) {
      passthrough.awaitTermination();
    }
  }

  private static InetSocketAddress address(String host, String port) {
    return new InetSocketAddress(required(host), Integer.parseInt(required(port)));
  }

  private static String required(String variable) {
    String value = System.getenv(variable);
    if (value == null) {
      throw new IllegalArgumentException(variable + " is not set");
    }
    return value;
  }
}
