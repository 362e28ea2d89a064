// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.eventsourced;

import com.google.protobuf.Any;
import io.holdfast.storage.v1.Origin;
import io.holdfast.storage.v1.StoredEvent;
import io.holdfast.storage.v1.StoredSnapshot;
import java.util.ArrayList;
import java.util.List;

/** From what a function asks to be stored to the records that the store keeps. */
final class EventRecords {

  private EventRecords() {}

  /** The records of the events of one command. The first has {@code firstSequence}. */
  static List<StoredEvent> of(
      List<Any> events, long firstSequence, long timeMicros, Origin origin) {
    int count = events.size();
    var records = new ArrayList<StoredEvent>(count);
    for (int i = 0; i < count; i++) {
      Any event = events.get(i);
      records.add(
          StoredEvent.newBuilder()
              .setSequence(firstSequence + i)
              .setTypeUrl(event.getTypeUrl())
              .setPayload(event.getValue())
              .setTimeMicros(timeMicros)
              .setRemaining(count - 1 - i)
              .setOrigin(origin)
              .build());
    }
    return records;
  }

  static StoredSnapshot snapshot(
      Any state, long sequence, long timeMicros, String functionVersion) {
    return StoredSnapshot.newBuilder()
        .setSequence(sequence)
        .setTypeUrl(state.getTypeUrl())
        .setPayload(state.getValue())
        .setTimeMicros(timeMicros)
        .setFunctionVersion(functionVersion)
        .build();
  }
}
