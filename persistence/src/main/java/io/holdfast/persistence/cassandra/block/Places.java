// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.cassandra.block;

import java.util.function.LongSupplier;

/**
 * Gives each event its place in the log of all events, a number that no other has: the millisecond
 * of its write, then the writer, then a count. The places of a block follow each other with none of
 * another writer in between.
 */
public final class Places {

  /** As many events fit into one block. */
  public static final int BLOCK_EVENTS_MAX = 1 << 13;

  private static final int COUNT_BITS = 13;
  private static final int WRITER_BITS = 9;

  /** 2020-01-01T00:00:00Z; leaves room until 2089. */
  private static final long EPOCH_MILLIS = 1_577_836_800_000L;

  private static final long BUCKET_MILLIS = 600_000;

  /** Tails are kept in parts of so much time; the number is part of the format. */
  public static final long TURN_MILLIS = 10_000;

  private final LongSupplier clock;
  private final long writer;
  private long millis;
  private int used;

  /**
   * @param writer counts starts; so many starts apart, two writers look alike
   * @param clock milliseconds since 1970
   */
  public Places(long writer, LongSupplier clock) {
    this.writer = writer & ((1 << WRITER_BITS) - 1);
    this.clock = clock;
  }

  /** The place of the last of {@code count} events, whose places end there. */
  public synchronized long next(int count) {
    long now = clock.getAsLong() - EPOCH_MILLIS;
    if (now > millis) {
      millis = now;
      used = 0;
    } else if (used + count > BLOCK_EVENTS_MAX) {
      millis++;
      used = 0;
    }
    used += count;
    return first(millis) | writer << COUNT_BITS | (used - 1);
  }

  /** Ten minutes each. */
  public static long bucket(long place) {
    return (place >> (COUNT_BITS + WRITER_BITS)) / BUCKET_MILLIS;
  }

  /** Which part of a writer's tail; they follow each other. */
  public static long turn(long place) {
    return (place >> (COUNT_BITS + WRITER_BITS)) / TURN_MILLIS;
  }

  /** From the time of one place to that of another. */
  public static long millisBetween(long place, long later) {
    return (later >> (COUNT_BITS + WRITER_BITS)) - (place >> (COUNT_BITS + WRITER_BITS));
  }

  /** How long ago a place was given; below zero for one that a clock ahead of this one gave. */
  public long millisSince(long place) {
    return clock.getAsLong() - EPOCH_MILLIS - (place >> (COUNT_BITS + WRITER_BITS));
  }

  /** No place that is given at this time or later is smaller. */
  public static long at(long millisSince1970) {
    return first(Math.max(0, millisSince1970 - EPOCH_MILLIS));
  }

  private static long first(long millis) {
    return millis << (COUNT_BITS + WRITER_BITS);
  }
}
