// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.replicated.session;

import io.holdfast.sdk.wire.FailureLog;
import java.util.Map;

/**
 * Logs what goes wrong with one entity.
 *
 * @param type its name, for people
 */
record EntityLog(FailureLog log, String type, String id) {

  /** Logs that a handler threw, and says what the client may know. */
  String thrown(String what, String rpc, long command, Throwable cause) {
    var circumstances =
        Map.of(
            "entity_type", type,
            "entity_id", id,
            "command", rpc,
            "command_id", Long.toString(command));
    return log.logged(what, "entity " + this, circumstances, cause);
  }

  BrokenStreamException unusable(Throwable cause) {
    return BrokenStreamException.unusable(
        log, toString(), Map.of("entity_type", type, "entity_id", id), cause);
  }

  BrokenStreamException breach(long command, String what) {
    return BrokenStreamException.breach(log, toString(), command, what);
  }

  @Override
  public String toString() {
    return type + " \"" + id + "\"";
  }
}
