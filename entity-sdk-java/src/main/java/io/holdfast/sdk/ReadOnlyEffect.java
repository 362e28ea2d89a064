// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk;

import io.grpc.Status;
import java.util.Objects;

/**
 * What a handler that only reads wants done. A handler that declares this as its result cannot
 * store anything: the compiler sees to it.
 *
 * @param <R> the reply
 */
public sealed interface ReadOnlyEffect<R> extends Effect<R> {

  /** Answer, and change nothing. */
  record Answered<R>(Answer<R> answer) implements ReadOnlyEffect<R> {
    public Answered {
      Objects.requireNonNull(answer, "answer");
    }
  }

  /**
   * Turn the command down: the client's call ends with this status. Nothing is stored and the
   * entity lives on.
   *
   * @param message for the client's eyes
   */
  record Refuse<R>(Status.Code code, String message) implements ReadOnlyEffect<R> {
    public Refuse {
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(message, "message");
      if (code == Status.Code.OK) {
        throw new IllegalArgumentException("a refusal needs another status than OK");
      }
    }
  }
}
