// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import io.grpc.Status;
import java.util.Objects;

/** How a client sees that its command was turned down. */
public record Refusal(Status.Code code, String message) {
  public Refusal {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
  }

  @Override
  public String toString() {
    return code + " (" + message + ")";
  }
}
