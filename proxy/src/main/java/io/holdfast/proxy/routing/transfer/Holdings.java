// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing.transfer;

import com.google.protobuf.ByteString;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What a node holds for others. Safe for use by many threads. */
final class Holdings {

  private final ConcurrentMap<Long, Held> held = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicLong owedBytes = new AtomicLong();
  private final long owedBytesMax;
  private final long idleNanosMax;
  private final LongSupplier nanoTime;

  /**
   * @param owedBytesMax how much of what is nowhere else is held at most
   * @param idleNanosMax how long that is held when nobody asks for it
   */
  Holdings(long owedBytesMax, long idleNanosMax, LongSupplier nanoTime) {
    this.owedBytesMax = owedBytesMax;
    this.idleNanosMax = idleNanosMax;
    this.nanoTime = nanoTime;
  }

  /** Holds a content that somebody on this node keeps anyway, for as long as it is wanted. */
  long hold(ByteString content, BooleanSupplier wanted) {
    return add(new Held(content, wanted, false, nanoTime.getAsLong()));
  }

  /**
   * Holds a content until it is released, is not wanted any more, or nobody has asked for it for
   * long; empty when there is no room for it.
   */
  OptionalLong owe(ByteString content, BooleanSupplier wanted) {
    long before = owedBytes.getAndAdd(content.size());
    // One that is larger than all the room there is has it to itself.
    if (before > 0 && before + content.size() > owedBytesMax) {
      owedBytes.addAndGet(-content.size());
      return OptionalLong.empty();
    }
    return OptionalLong.of(add(new Held(content, wanted, true, nanoTime.getAsLong())));
  }

  private long add(Held content) {
    long number = numbers.incrementAndGet();
    held.put(number, content);
    return number;
  }

  /** A part of a content; empty when it is not held any more. */
  Optional<ByteString> part(long number, int offset, int length) {
    Held content = held.get(number);
    return content == null || !content.wanted()
        ? Optional.empty()
        : Optional.of(content.part(offset, length, nanoTime.getAsLong()));
  }

  void release(long number) {
    released(held.remove(number));
  }

  private void released(@Nullable Held content) {
    if (content != null && content.owed()) {
      owedBytes.addAndGet(-content.size());
    }
  }

  /** Lets go what nobody wants any more. */
  void sweep() {
    long now = nanoTime.getAsLong();
    held.forEach(
        (number, content) -> {
          boolean forgotten = content.owed() && content.idleNanos(now) > idleNanosMax;
          if (forgotten || !content.wanted()) {
            release(number);
          }
        });
  }

  /** The bytes that are nowhere else. */
  long owedBytes() {
    return owedBytes.get();
  }

  /** How many contents there are. */
  int count() {
    return held.size();
  }
}
