// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing.transfer;

import com.google.protobuf.ByteString;
import java.util.BitSet;
import java.util.function.LongSupplier;

/**
 * One content on its way here, part by part. A few parts at a time have been asked for, so that no
 * more than these are under way. Parts that get lost, as with a broken connection, are asked for
 * again.
 */
final class Fetching {

  /** The bytes of a part: half of what a message may have. */
  static final int PART_BYTES = 128 << 10;

  /** How many parts have been asked for at a time. */
  static final int WINDOW = 4;

  private final Fetch fetch;
  private final Asker asker;
  private final LongSupplier nanoTime;
  private final byte[] bytes;
  private final int parts;
  private final BitSet here;
  private int asked;
  private int missing;
  private long progressAtNanos;
  private long askedAtNanos;

  /** Sends for a part. */
  interface Asker {
    void ask(int offset, int length);
  }

  Fetching(Fetch fetch, Asker asker, LongSupplier nanoTime) {
    this.fetch = fetch;
    this.asker = asker;
    this.nanoTime = nanoTime;
    this.bytes = new byte[fetch.from().size()];
    this.parts = (int) (((long) bytes.length + PART_BYTES - 1) / PART_BYTES);
    this.here = new BitSet(parts);
    this.missing = parts;
  }

  Fetch fetch() {
    return fetch;
  }

  /** Asks for the first parts. */
  void begin() {
    progressAtNanos = nanoTime.getAsLong();
    for (int i = 0; i < WINDOW; i++) {
      askNext();
    }
  }

  private void askNext() {
    if (asked < parts) {
      ask(asked++);
    }
  }

  private void ask(int part) {
    askedAtNanos = nanoTime.getAsLong();
    asker.ask(part * PART_BYTES, length(part));
  }

  private int length(int part) {
    return Math.min(PART_BYTES, bytes.length - part * PART_BYTES);
  }

  /** A part has come. */
  void take(int offset, ByteString data) {
    int part = offset / PART_BYTES;
    boolean expected =
        offset >= 0
            && offset % PART_BYTES == 0
            && part < asked
            && data.size() == length(part)
            && !here.get(part);
    if (!expected) {
      // It was asked for twice, and came twice.
      return;
    }
    data.copyTo(bytes, offset);
    here.set(part);
    missing--;
    progressAtNanos = nanoTime.getAsLong();
    askNext();
  }

  boolean complete() {
    return missing == 0;
  }

  /** All of it. */
  byte[] bytes() {
    return bytes;
  }

  /** How long nothing has come. */
  long stalledNanos() {
    return nanoTime.getAsLong() - progressAtNanos;
  }

  /** Asks again for what was asked for and has not come, unless it did so within that time. */
  void askAgain(long patienceNanos) {
    long now = nanoTime.getAsLong();
    if (now - progressAtNanos < patienceNanos || now - askedAtNanos < patienceNanos) {
      return;
    }
    for (int part = here.nextClearBit(0); part < asked; part = here.nextClearBit(part + 1)) {
      ask(part);
    }
  }
}
