// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.function;

import io.grpc.Status;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says why the function is still waited for: at once, when the reason changes, and ever more seldom
 * while it stays the same. For one thread.
 */
final class WaitingLog {

  private static final Logger LOG = LoggerFactory.getLogger(WaitingLog.class);

  /** What epoll puts before the words of the operating system. */
  private static final Pattern NATIVE_CALL =
      Pattern.compile("^\\w+\\(\\.\\.\\) failed with error\\(-\\d+\\): ");

  private final String address;
  private String lastReason = "";
  private long times;
  private long nextLogged = 1;

  WaitingLog(String address) {
    this.address = address;
  }

  void failed(Status status) {
    var reason = reason(status);
    if (!reason.equals(lastReason)) {
      succeeded();
      lastReason = reason;
    }
    times++;
    if (times == nextLogged) {
      nextLogged *= 4;
      LOG.warn("Waiting for the function at {}: {}", address, reason);
    }
  }

  void succeeded() {
    lastReason = "";
    times = 0;
    nextLogged = 1;
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
      return NATIVE_CALL.matcher(cause.getMessage()).replaceFirst("");
    }
    var description = status.getDescription();
    return description == null ? status.getCode().toString() : description;
  }
}
