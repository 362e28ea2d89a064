// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.load;

import com.google.protobuf.CodedInputStream;
import io.holdfast.bench.v1.Count;
import io.holdfast.bench.v1.Increase;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.function.LongBinaryOperator;

/**
 * A group of counters, their requests encoded beforehand, and what was heard of each. Every request
 * adds one, so the highest value that a counter ever replied must equal the number of its replies,
 * over restarts of the proxy too: less, and an acknowledged event was lost; more, and one was
 * stored twice. Where nothing is kept, each reply is the one that came, and their sum must equal
 * that number.
 */
public final class Population {

  private static final int COUNT_TAG = Count.VALUE_FIELD_NUMBER << 3 | 1;

  private final String prefix;
  private final byte[][] requests;
  private final long[] replies;
  private final long[] values;
  private final LongBinaryOperator heard;

  /** Counters. */
  public Population(String prefix, int size) {
    this(prefix, size, Math::max);
  }

  /** Requests of which nothing is kept. */
  public static Population stateless(String prefix, int size) {
    return new Population(prefix, size, Long::sum);
  }

  private Population(String prefix, int size, LongBinaryOperator heard) {
    if (size < 1) {
      throw new IllegalArgumentException("a population needs at least one entity, not " + size);
    }
    this.prefix = prefix;
    this.requests = new byte[size][];
    this.replies = new long[size];
    this.values = new long[size];
    this.heard = heard;
    for (int i = 0; i < size; i++) {
      requests[i] = Increase.newBuilder().setCounterId(id(i)).setBy(1).build().toByteArray();
    }
  }

  public int size() {
    return requests.length;
  }

  /** The id of one counter. Ids of all populations have about the same length. */
  public String id(int entity) {
    return "%s-%05d".formatted(prefix, entity);
  }

  byte[] request(int entity) {
    return requests[entity];
  }

  /**
   * Takes note of a reply.
   *
   * @return false if these bytes are not a counter's reply
   */
  boolean replied(int entity, byte[] reply) {
    long value;
    try {
      CodedInputStream in = CodedInputStream.newInstance(reply);
      if (in.readTag() != COUNT_TAG) {
        return false;
      }
      value = in.readFixed64();
    } catch (IOException e) {
      return false;
    }
    replies[entity]++;
    values[entity] = heard.applyAsLong(values[entity], value);
    return true;
  }

  /**
   * The first counter whose value is not the number of its replies. To be asked when no request is
   * under way.
   */
  public OptionalInt firstWrong() {
    for (int i = 0; i < requests.length; i++) {
      if (replies[i] != values[i]) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** One sentence about a counter that {@link #firstWrong} found. */
  public String describe(int entity) {
    return "counter %s replied %d times but stands at %d"
        .formatted(id(entity), replies[entity], values[entity]);
  }
}
