// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.record;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * Puts and deletes that are applied together, in order, as one run of bytes. Not safe for use by
 * two threads at once.
 *
 * <p>The bytes are those of RocksDB's own write batch, so that a whole group of events crosses into
 * native code in one call: eight bytes that RocksDB fills in, the number of operations (four bytes,
 * little-endian), then for each operation a tag (0 deletes, 1 puts), the key and, for a put, the
 * value, each behind its length as a varint.
 */
public final class RecordBatch {

  private static final int HEADER_BYTES = 12;
  private static final int COUNT_AT = 8;
  private static final byte DELETE = 0;
  private static final byte PUT = 1;
  private static final int KEPT_BYTES_MAX = 1 << 20;

  private byte[] bytes = new byte[4096];
  private int size = HEADER_BYTES;
  private int count;

  /** Operations so far. */
  public int count() {
    return count;
  }

  public int sizeBytes() {
    return size;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  public RecordBatch put(byte[] key, byte[] value) {
    beginPut(key.length, value.length);
    append(key);
    beginValue(value.length);
    return append(value);
  }

  /** Adds all operations of the other batch after those of this one. */
  public RecordBatch append(RecordBatch other) {
    int more = other.size - HEADER_BYTES;
    reserve(more);
    System.arraycopy(other.bytes, HEADER_BYTES, bytes, size, more);
    size += more;
    count += other.count;
    return this;
  }

  public RecordBatch delete(byte[] key) {
    reserve(key.length + 6);
    count++;
    bytes[size++] = DELETE;
    varint(key.length);
    return append(key);
  }

  /**
   * Begins a put whose parts follow: key bytes, {@link #beginValue}, value bytes. Makes room for
   * all of them.
   */
  RecordBatch beginPut(int keyBytes, int valueBytes) {
    reserve(keyBytes + valueBytes + 11);
    count++;
    bytes[size++] = PUT;
    varint(keyBytes);
    return this;
  }

  RecordBatch beginValue(int valueBytes) {
    varint(valueBytes);
    return this;
  }

  RecordBatch append(byte[] part) {
    return append(part, 0);
  }

  RecordBatch append(byte[] part, int from) {
    System.arraycopy(part, from, bytes, size, part.length - from);
    size += part.length - from;
    return this;
  }

  RecordBatch append(byte part) {
    bytes[size++] = part;
    return this;
  }

  RecordBatch append(long bigEndian) {
    Bytes.putLong(bytes, size, bigEndian);
    size += Long.BYTES;
    return this;
  }

  RecordBatch append(short bigEndian) {
    bytes[size++] = (byte) (bigEndian >>> 8);
    bytes[size++] = (byte) bigEndian;
    return this;
  }

  /** The message's bytes; {@code messageBytes} is its serialized size. */
  RecordBatch append(MessageLite message, int messageBytes) {
    try {
      message.writeTo(CodedOutputStream.newInstance(bytes, size, messageBytes));
    } catch (IOException e) {
      throw new UncheckedIOException("a message changed while it was written", e);
    }
    size += messageBytes;
    return this;
  }

  /** A copy, in the form described above. */
  public byte[] toBytes() {
    for (int i = 0; i < Integer.BYTES; i++) {
      bytes[COUNT_AT + i] = (byte) (count >>> (8 * i));
    }
    return Arrays.copyOf(bytes, size);
  }

  /** Calls {@code target} for each operation, in order. */
  public void replayTo(Target target) {
    int at = HEADER_BYTES;
    while (at < size) {
      byte tag = bytes[at++];
      int keyBytes = varintAt(at);
      at += varintBytes(keyBytes);
      byte[] key = Arrays.copyOfRange(bytes, at, at + keyBytes);
      at += keyBytes;
      if (tag == DELETE) {
        target.delete(key);
      } else {
        int valueBytes = varintAt(at);
        at += varintBytes(valueBytes);
        target.put(key, Arrays.copyOfRange(bytes, at, at + valueBytes));
        at += valueBytes;
      }
    }
  }

  /** Forgets everything, and gives back memory that only a large batch needed. */
  public void clear() {
    if (bytes.length > KEPT_BYTES_MAX) {
      bytes = new byte[KEPT_BYTES_MAX];
    }
    size = HEADER_BYTES;
    count = 0;
  }

  private void reserve(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(2L * bytes.length, 1 << 30)));
    }
  }

  private void varint(int value) {
    int rest = value;
    while (rest >= 0x80) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  private int varintAt(int at) {
    int value = 0;
    for (int i = 0, shift = 0; ; i++, shift += 7) {
      value |= (bytes[at + i] & 0x7f) << shift;
      if (bytes[at + i] >= 0) {
        return value;
      }
    }
  }

  private static int varintBytes(int value) {
    return value == 0 ? 1 : (38 - Integer.numberOfLeadingZeros(value)) / 7;
  }

  /** Where operations are applied. */
  public interface Target {
    void put(byte[] key, byte[] value);

    void delete(byte[] key);
  }
}
