// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.replicated.session;

import io.grpc.Status;
import io.holdfast.protocol.Failure;
import io.holdfast.sdk.wire.FailureLog;
import java.util.Map;

/** The stream cannot go on; it has been logged why. */
final class BrokenStreamException extends Exception {

  private final transient Failure failure;

  private BrokenStreamException(Failure failure) {
    super(failure.getDescription());
    this.failure = failure;
  }

  /**
   * The proxy did what the protocol forbids.
   *
   * @param command the id of the command that is to fail; 0 for none
   */
  static BrokenStreamException breach(FailureLog log, String entity, long command, String what) {
    log.log().error("The proxy broke the protocol with {}: {}", entity, what);
    return of(command, "protocol error: " + what);
  }

  /** What came from other nodes, or the empty state itself, cannot be used. */
  static BrokenStreamException unusable(
      FailureLog log, String entity, Map<String, String> circumstances, Throwable cause) {
    return of(
        0, log.logged("A change cannot be taken in", "entity " + entity, circumstances, cause));
  }

  private static BrokenStreamException of(long command, String description) {
    return new BrokenStreamException(
        FailureLog.failure(command, Status.Code.INTERNAL, description).setRestart(true).build());
  }

  Failure failure() {
    return failure;
  }
}
