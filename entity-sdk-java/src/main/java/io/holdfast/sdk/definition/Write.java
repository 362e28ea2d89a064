// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.definition;

import com.google.protobuf.Any;
import java.util.List;
import java.util.Optional;

/** What the proxy is to store along with an answer. */
public sealed interface Write {

  Write NOTHING = new Nothing();

  record Nothing() implements Write {}

  /** Events, and the state after the last of them when it is time to save it. */
  record Events(List<Any> events, Optional<Any> snapshot) implements Write {
    public Events {
      events = List.copyOf(events);
    }
  }

  record Value(Any value) implements Write {}

  record Deletion() implements Write {}
}
