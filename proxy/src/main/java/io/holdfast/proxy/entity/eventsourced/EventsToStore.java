// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.eventsourced;

import com.google.protobuf.Any;
import io.holdfast.proxy.entity.StateChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one reply asks to be stored.
 *
 * @param events in their order; all or none are stored
 * @param snapshot the state after the last of them
 */
record EventsToStore(List<Any> events, @Nullable Any snapshot) implements StateChange {

  @Override
  public boolean isEmpty() {
    return events.isEmpty();
  }
}
