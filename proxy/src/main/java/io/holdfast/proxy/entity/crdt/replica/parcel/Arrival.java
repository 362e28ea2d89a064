// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt.replica.parcel;

import akka.actor.Address;
import com.google.protobuf.ByteString;
import io.holdfast.proxy.entity.crdt.replica.parcel.ParcelMessage.Announced;
import io.holdfast.proxy.entity.crdt.replica.parcel.ParcelMessage.Piece;

/** A message that is being fetched, and how far it has come. */
final class Arrival {

  /** Where a message comes from, and what it is called there. */
  record Key(Address from, long id) {
    static Key of(Announced announced) {
      return new Key(announced.sender().path().address(), announced.parcel().id());
    }
  }

  private final Announced announced;
  private final byte[] bytes;
  private int arrived;
  private long movedAtNanos;
  private int askedAgain;

  Arrival(Announced announced, long nowNanos) {
    this.announced = announced;
    this.bytes = new byte[announced.parcel().sizeBytes()];
    this.movedAtNanos = nowNanos;
  }

  Announced announced() {
    return announced;
  }

  /** Where the next piece begins. */
  int offset() {
    return arrived;
  }

  /** Whether the piece is the one that was waited for. One that was asked for twice comes twice. */
  boolean add(Piece piece, long nowNanos) {
    ByteString content = piece.content();
    if (piece.offset() != arrived || content.size() > bytes.length - arrived || content.isEmpty()) {
      return false;
    }
    content.copyTo(bytes, arrived);
    arrived += content.size();
    movedAtNanos = nowNanos;
    askedAgain = 0;
    return true;
  }

  boolean isComplete() {
    return arrived == bytes.length;
  }

  byte[] bytes() {
    return bytes;
  }

  long stoodStillNanos(long nowNanos) {
    return nowNanos - movedAtNanos;
  }

  /** How often the same piece was asked for again, this time included. */
  int askAgain(long nowNanos) {
    movedAtNanos = nowNanos;
    return ++askedAgain;
  }
}
