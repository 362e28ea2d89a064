// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence;

import com.google.protobuf.ByteString;
import io.holdfast.storage.v1.Origin;
import io.holdfast.storage.v1.StoredEvent;
import io.holdfast.storage.v1.StoredSnapshot;
import io.holdfast.storage.v1.StoredValue;

/** Events and snapshots as the proxy makes them. */
public final class Events {

  public static final long TIME_MICROS = 1_700_000_000_000_000L;

  private Events() {}

  public static StoredEvent event(long sequence, String text) {
    return event(sequence, ByteString.copyFromUtf8(text), 0);
  }

  public static StoredEvent event(long sequence, ByteString payload, int remaining) {
    return StoredEvent.newBuilder()
        .setSequence(sequence)
        .setTypeUrl("type.googleapis.com/example.Added")
        .setPayload(payload)
        .setTimeMicros(TIME_MICROS)
        .setRemaining(remaining)
        .setOrigin(Origin.newBuilder().setCommand("example.Service/Add"))
        .build();
  }

  public static StoredValue value(long revision, String text) {
    return StoredValue.newBuilder()
        .setRevision(revision)
        .setTypeUrl("type.googleapis.com/example.State")
        .setPayload(ByteString.copyFromUtf8(text))
        .setTimeMicros(TIME_MICROS)
        .build();
  }

  public static StoredSnapshot snapshot(long sequence, String text) {
    return StoredSnapshot.newBuilder()
        .setSequence(sequence)
        .setTypeUrl("type.googleapis.com/example.State")
        .setPayload(ByteString.copyFromUtf8(text))
        .setTimeMicros(TIME_MICROS + sequence * 1000)
        .build();
  }
}
