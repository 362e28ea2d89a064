// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.wire;

import io.grpc.Status;
import io.holdfast.protocol.Failure;
import io.holdfast.sdk.Mode;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.MDC;

/**
 * Logs what went wrong, once, and says what the client may know of it.
 *
 * @param log where it goes
 * @param mode how much the client may know
 */
public record FailureLog(Logger log, Mode mode) {

  /**
   * Logs an exception.
   *
   * @param what "Command AddItem failed" say
   * @param where what it happened to
   * @param circumstances go to the MDC, along with a correlation id
   * @return what the client may know
   */
  public String logged(
      String what, String where, Map<String, String> circumstances, Throwable cause) {
    return logged(
        circumstances, cause, id -> log.error("{} in {} (error {})", what, where, id, cause));
  }

  /**
   * Logs an exception that was coped with, in one line. As {@link #logged}.
   *
   * @param what "The snapshot cannot be read" say
   */
  public String warned(
      String what, String where, Map<String, String> circumstances, Throwable cause) {
    return logged(
        circumstances,
        cause,
        id -> log.warn("{} in {} (error {}): {}", what, where, id, firstLine(cause)));
  }

  private String logged(Map<String, String> circumstances, Throwable cause, Consumer<String> line) {
    String id = Long.toHexString(ThreadLocalRandom.current().nextLong());
    var all = new HashMap<>(circumstances);
    all.put("correlation_id", id);
    all.forEach(MDC::put);
    try {
      line.accept(id);
    } finally {
      all.keySet().forEach(MDC::remove);
    }
    return mode == Mode.DEVELOPMENT ? firstLine(cause) : "internal error " + id;
  }

  private static String firstLine(Throwable cause) {
    return cause.toString().lines().findFirst().orElse(cause.getClass().getName());
  }

  /**
   * A failure in the protocol's words.
   *
   * @param command the id of the command that fails; 0 for none
   */
  public static Failure.Builder failure(long command, Status.Code code, String description) {
    return Failure.newBuilder()
        .setCommandId(command)
        .setDescription(description)
        .setGrpcStatusCode(code.value());
  }
}
