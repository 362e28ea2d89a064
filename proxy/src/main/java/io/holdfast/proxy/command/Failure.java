// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.command;

import io.grpc.Status;
import java.util.Objects;

/**
 * Why a command did not succeed. The code decides what a client may do next; the detail is for
 * people, and is shown to clients.
 *
 * @param status what a gRPC client gets; the code's own, except for {@link Code#REFUSED}, where the
 *     entity chose it
 */
public record Failure(Code code, Status.Code status, String detail) {

  /** What the client may do about it. */
  public enum Code {
    /** The command is wrong whatever the entity's state is. Do not retry. */
    INVALID_COMMAND(Status.Code.INVALID_ARGUMENT),
    /** The function does not offer what was asked for. Do not retry. */
    UNKNOWN_COMMAND(Status.Code.UNIMPLEMENTED),
    /** The entity turned the command down. Do not retry unchanged. */
    REFUSED(Status.Code.UNKNOWN),
    /** Too much is waiting already. Nothing happened; retry later. */
    OVERLOADED(Status.Code.RESOURCE_EXHAUSTED),
    /** The entity could not be reached. Nothing happened; retry at will. */
    UNAVAILABLE(Status.Code.UNAVAILABLE),
    /** The deadline passed before the function was asked. Nothing happened. */
    EXPIRED(Status.Code.DEADLINE_EXCEEDED),
    /** The function was asked and then lost. The outcome is unknown: look before you retry. */
    INDETERMINATE(Status.Code.UNAVAILABLE),
    /**
     * The function was asked and did not answer in time. The outcome is unknown: look before you
     * retry.
     */
    TIMED_OUT(Status.Code.DEADLINE_EXCEEDED),
    /** The function broke the protocol. Nothing was stored. Its developer must act. */
    FUNCTION_BROKEN(Status.Code.INTERNAL),
    /** The function answered without a reply where one is due. What it stored is stored. */
    NO_REPLY(Status.Code.UNKNOWN);

    private final Status.Code status;

    Code(Status.Code status) {
      this.status = status;
    }

    public Status.Code status() {
      return status;
    }
  }

  public Failure {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(detail, "detail");
  }

  public static Failure of(Code code, String detail) {
    return new Failure(code, code.status(), detail);
  }

  /** The entity turned the command down with a status of its own choice. */
  public static Failure refused(Status.Code status, String detail) {
    return new Failure(Code.REFUSED, status, detail);
  }
}
