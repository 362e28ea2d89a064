// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.block;

import io.holdfast.persistence.record.EntityKeys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** An entity as the tables know it. */
public record EntityKey(String persistenceId, ByteBuffer id, String type, int lane) {

  /** Events of one partition; the number is part of the format. */
  public static final long EVENTS_PER_PART = 10_000;

  /** The log of a type is spread over so many partitions; the number is part of the format. */
  public static final int LANES = 16;

  /** Throws IllegalArgumentException for an id that is no well-formed text. */
  public static EntityKey of(String persistenceId) {
    return new EntityKey(
        persistenceId,
        ByteBuffer.wrap(EntityKeys.utf8(persistenceId)).asReadOnlyBuffer(),
        EntityKeys.entityType(persistenceId),
        lane(EntityKeys.slice(persistenceId)));
  }

  public static EntityKey of(ByteBuffer id) {
    return of(StandardCharsets.UTF_8.decode(id.duplicate()).toString());
  }

  public static int lane(int slice) {
    return slice / (EntityKeys.SLICES / LANES);
  }

  /** The partition of a block, by its first event. */
  public static long part(long firstSequence) {
    return (firstSequence - 1) / EVENTS_PER_PART;
  }
}
