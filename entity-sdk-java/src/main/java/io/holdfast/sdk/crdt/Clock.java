// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.crdt;

import io.holdfast.protocol.crdt.CrdtClock;

/**
 * By what it is decided which of two writes to a {@link LWWRegister} is the last. Use one kind of
 * clock for a register, or find out what they mean together.
 */
public final class Clock {

  /** The time of the node that writes: the last write wins. */
  public static final Clock LAST_WINS = new Clock(CrdtClock.DEFAULT, 0);

  /** The time of the node that writes, backwards: the first write wins. */
  public static final Clock FIRST_WINS = new Clock(CrdtClock.REVERSE, 0);

  /** Loses against every other: the value that a register in a map begins with. */
  static final Clock BEFORE_ALL = new Clock(CrdtClock.CUSTOM, Long.MIN_VALUE);

  private final CrdtClock kind;
  private final long value;

  private Clock(CrdtClock kind, long value) {
    this.kind = kind;
    this.value = value;
  }

  /** A version, say, that comes with what is written: the highest wins. */
  public static Clock at(long value) {
    return new Clock(CrdtClock.CUSTOM, value);
  }

  /** That value, or one more than the register's where that is not lower. */
  public static Clock atLeast(long value) {
    return new Clock(CrdtClock.CUSTOM_AUTO_INCREMENT, value);
  }

  CrdtClock kind() {
    return kind;
  }

  long value() {
    return value;
  }

  @Override
  public String toString() {
    return kind + "(" + value + ")";
  }
}
