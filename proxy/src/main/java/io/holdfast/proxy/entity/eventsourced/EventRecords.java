// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.eventsourced;

import com.google.protobuf.Any;
import io.holdfast.protocol.Metadata;
import io.holdfast.protocol.MetadataEntry;
import io.holdfast.proxy.command.Command;
import io.holdfast.storage.v1.Origin;
import io.holdfast.storage.v1.StoredEvent;
import io.holdfast.storage.v1.StoredSnapshot;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** From what a function asks to be stored to the records that the store keeps. */
final class EventRecords {

  private static final String IDEMPOTENCY_KEY = "idempotency-key";
  private static final String TRACE_PARENT = "traceparent";

  private EventRecords() {}

  /** The records of the events of one command. The first has {@code firstSequence}. */
  static List<StoredEvent> of(
      List<Any> events, long firstSequence, Command cause, String functionVersion, Clock clock) {
    long time = micros(clock);
    Origin origin = origin(cause, functionVersion);
    int count = events.size();
    var records = new ArrayList<StoredEvent>(count);
    for (int i = 0; i < count; i++) {
      Any event = events.get(i);
      records.add(
          StoredEvent.newBuilder()
              .setSequence(firstSequence + i)
              .setTypeUrl(event.getTypeUrl())
              .setPayload(event.getValue())
              .setTimeMicros(time)
              .setRemaining(count - 1 - i)
              .setOrigin(origin)
              .build());
    }
    return records;
  }

  static StoredSnapshot snapshot(Any state, long sequence, String functionVersion, Clock clock) {
    return StoredSnapshot.newBuilder()
        .setSequence(sequence)
        .setTypeUrl(state.getTypeUrl())
        .setPayload(state.getValue())
        .setTimeMicros(micros(clock))
        .setFunctionVersion(functionVersion)
        .build();
  }

  private static Origin origin(Command cause, String functionVersion) {
    var origin =
        Origin.newBuilder()
            .setCommand(cause.method().fullName())
            .setFunctionVersion(functionVersion);
    Metadata metadata = cause.metadata();
    for (int i = 0; i < metadata.getEntriesCount(); i++) {
      MetadataEntry entry = metadata.getEntries(i);
      switch (entry.getKey()) {
        case IDEMPOTENCY_KEY -> origin.setIdempotencyKey(entry.getStringValue());
        case TRACE_PARENT -> origin.setTraceParent(entry.getStringValue());
        default -> {}
      }
    }
    return origin.build();
  }

  private static long micros(Clock clock) {
    Instant now = clock.instant();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }
}
