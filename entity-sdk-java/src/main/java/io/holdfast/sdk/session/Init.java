// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.session;

import com.google.protobuf.Any;
import java.util.Objects;
import java.util.Optional;

/**
 * Which entity a stream is for.
 *
 * @param service the full name of the gRPC service that its clients call
 * @param state what is stored of its state, a snapshot or its value
 * @param sequence the number of the last event in that state; 0 before the first
 */
public record Init(String service, String entityId, Optional<Any> state, long sequence) {
  public Init {
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(entityId, "entityId");
    Objects.requireNonNull(state, "state");
  }
}
