// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.function;

import io.grpc.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says why the function is still waited for: at once, when the reason changes, and ever more seldom
 * while it stays the same. For one thread.
 */
final class WaitingLog {

  private static final Logger LOG = LoggerFactory.getLogger(WaitingLog.class);

  private final String address;
  private String lastReason = "";
  private int times;

  WaitingLog(String address) {
    this.address = address;
  }

  void failed(Status status) {
    var reason = reason(status);
    times = reason.equals(lastReason) ? times + 1 : 1;
    lastReason = reason;
    // The 1st, 2nd, 4th, 8th … time.
    if (Integer.bitCount(times) == 1) {
      LOG.warn("Waiting for the function at {}: {}", address, reason);
    }
  }

  void succeeded() {
    lastReason = "";
    times = 0;
  }

  private static String reason(Status status) {
    return switch (status.getCode()) {
      case UNAVAILABLE ->
          "it cannot be reached ("
              + cause(status)
              + "); is it started, and do USER_FUNCTION_HOST and USER_FUNCTION_PORT name it?";
      case DEADLINE_EXCEEDED ->
          "it does not answer the question what it serves; does it hang, or does something else"
              + " listen there?";
      case UNIMPLEMENTED ->
          "it does not offer the service cloudstate.EntityDiscovery; is it a function?";
      default -> "it failed to say what it serves (" + cause(status) + ")";
    };
  }

  private static String cause(Status status) {
    var cause = status.getCause();
    if (cause != null && cause.getMessage() != null) {
      return cause.getMessage();
    }
    var description = status.getDescription();
    return description == null ? status.getCode().toString() : description;
  }
}
