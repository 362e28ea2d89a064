// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.session;

import io.grpc.Status;
import io.holdfast.protocol.Failure;
import io.holdfast.sdk.Mode;
import io.holdfast.sdk.wire.FailureLog;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what went wrong into what the proxy and the client are told, and logs it once: with the
 * entity and the command in the MDC.
 */
record Failures(FailureLog log) {

  private static final Logger LOG = LoggerFactory.getLogger("io.holdfast.sdk.Entity");

  Failures(Mode mode) {
    this(new FailureLog(LOG, mode));
  }

  /** The command is turned down; the entity lives on. */
  static CommandReply refused(long command, Status.Code code, String description) {
    return CommandReply.failed(FailureLog.failure(command, code, description).build());
  }

  /** A handler threw. The entity must be rebuilt from its stored events. */
  CommandReply thrown(EntityAddress entity, String name, long command, Throwable cause) {
    String description = logged(entity, name, command, "Command " + name + " failed", cause);
    return CommandReply.failed(
        FailureLog.failure(command, Status.Code.INTERNAL, description).setRestart(true).build());
  }

  /** The entity cannot be rebuilt from what is stored. Ends the stream. */
  Spent unrecoverable(EntityAddress entity, Throwable cause, ToProxy proxy) {
    String description = logged(entity, "", 0, "Recovery failed", cause);
    return end(entity, FailureLog.failure(0, Status.Code.INTERNAL, description), proxy);
  }

  /**
   * The state that was saved cannot be read: its events are asked for in its place. Ends the
   * stream.
   */
  Spent snapshotUnreadable(EntityAddress entity, Throwable cause, ToProxy proxy) {
    String description =
        log.warned(
            "The snapshot cannot be read and is passed over for the events",
            "entity " + entity,
            circumstances(entity, "", 0),
            cause);
    return end(
        entity,
        FailureLog.failure(0, Status.Code.INTERNAL, description).setWithoutSnapshot(true),
        proxy);
  }

  /** The proxy did what the protocol forbids. Ends the stream. */
  Spent breach(EntityAddress entity, long command, String what, ToProxy proxy) {
    LOG.error("The proxy broke the protocol with {}: {}", entity, what);
    return end(
        entity,
        FailureLog.failure(command, Status.Code.INTERNAL, "protocol error: " + what),
        proxy);
  }

  private Spent end(EntityAddress entity, Failure.Builder failure, ToProxy proxy) {
    proxy.fail(failure.setRestart(true).build());
    proxy.end();
    return new Spent(entity, this, proxy, true);
  }

  private String logged(
      EntityAddress entity, String name, long command, String what, Throwable cause) {
    return log.logged(what, "entity " + entity, circumstances(entity, name, command), cause);
  }

  private static Map<String, String> circumstances(
      EntityAddress entity, String name, long command) {
    return Map.of(
        "entity_type", entity.type(),
        "entity_id", entity.id(),
        "command", name,
        "command_id", Long.toString(command));
  }
}
