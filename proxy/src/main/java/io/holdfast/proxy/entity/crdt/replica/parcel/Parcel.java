// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity.crdt.replica.parcel;

import akka.actor.DeadLetterSuppression;
import com.google.protobuf.InvalidProtocolBufferException;
import io.holdfast.cluster.v1.ParcelNotice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * A notice of a message that is to be fetched from the node that sends it.
 *
 * @param id by which the sender knows it, or {@link #NOWHERE}
 * @param sizeBytes of its bytes
 * @param manifest what kind of message it is
 */
record Parcel(long id, int sizeBytes, String manifest) implements DeadLetterSuppression {

  /** The id of what the sender had no room for. */
  static final long NOWHERE = 0;

  // Neither gzip begins with it nor a protobuf message, of which it were a tag of no known type.
  private static final byte MARK = 0x07;

  /** Whether the bytes that came in place of a message are a notice of it. */
  static boolean isNotice(byte[] bytes) {
    return bytes.length > 0 && bytes[0] == MARK;
  }

  /**
   * Reads the bytes of a notice.
   *
   * @throws UncheckedIOException if they are no notice
   */
  static Parcel read(byte[] bytes, String manifest) {
    try {
      var notice = ParcelNotice.parseFrom(ByteBuffer.wrap(bytes, 1, bytes.length - 1));
      return new Parcel(notice.getId(), notice.getSizeBytes(), manifest);
    } catch (InvalidProtocolBufferException e) {
      throw new UncheckedIOException(new IOException("not a notice of a large message", e));
    }
  }

  byte[] toBytes() {
    byte[] notice =
        ParcelNotice.newBuilder().setId(id).setSizeBytes(sizeBytes).build().toByteArray();
    byte[] bytes = new byte[1 + notice.length];
    bytes[0] = MARK;
    System.arraycopy(notice, 0, bytes, 1, notice.length);
    return bytes;
  }
}
