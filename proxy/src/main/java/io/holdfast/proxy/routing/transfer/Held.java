// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing.transfer;

import com.google.protobuf.ByteString;
import java.util.function.BooleanSupplier;

/** A content that is held for other nodes. */
final class Held {

  private final ByteString content;
  private final BooleanSupplier wanted;
  private final boolean owed;
  private volatile long askedAtNanos;

  /**
   * @param wanted whether somebody may still ask for it
   * @param owed whether it is nowhere else, and so to be fetched before this node ends
   */
  Held(ByteString content, BooleanSupplier wanted, boolean owed, long nowNanos) {
    this.content = content;
    this.wanted = wanted;
    this.owed = owed;
    this.askedAtNanos = nowNanos;
  }

  int size() {
    return content.size();
  }

  boolean owed() {
    return owed;
  }

  boolean wanted() {
    return wanted.getAsBoolean();
  }

  /** How long nobody has asked for it. */
  long idleNanos(long nowNanos) {
    return nowNanos - askedAtNanos;
  }

  /** A part of it; an empty one where it has none. */
  ByteString part(int offset, int length, long nowNanos) {
    askedAtNanos = nowNanos;
    int begin = Math.max(0, Math.min(offset, content.size()));
    int end = (int) Math.min((long) begin + Math.max(0, length), content.size());
    return content.substring(begin, end);
  }
}
