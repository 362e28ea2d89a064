// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.store;

import io.holdfast.crdt.causal.Dots;
import io.holdfast.crdt.causal.Dots.Dotted;
import io.holdfast.crdt.causal.Inheritance;
import java.math.BigInteger;
import java.util.stream.Stream;

/**
 * What each replica has contributed to a counter in all. A replica's next write takes the place of
 * the one before, so there is at most one of each.
 */
public record CounterStore(Dots<Long> dots) implements DotStore<Long> {

  static final CounterStore EMPTY = new CounterStore(Dots.none());

  /** The sum; when 64 bits do not hold it, the nearest number that they do. */
  public long value() {
    if (dots.all().size() == 1) {
      return dots.all().get(0).value();
    }
    return sum(dots.all().stream().map(Dotted::value));
  }

  // Exact on the way, or else the result would depend on the order.
  private static long sum(Stream<Long> numbers) {
    BigInteger sum = numbers.map(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
    if (sum.bitLength() < Long.SIZE) {
      return sum.longValue();
    }
    return sum.signum() > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
  }

  @Override
  public CounterStore of(Dots<Long> changed) {
    return new CounterStore(changed);
  }

  @Override
  public Dots<Long> inherited(Inheritance inheritance) {
    return inheritance.take(dots, (one, other) -> sum(Stream.of(one, other)));
  }
}
