// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Big-endian numbers in byte arrays: their unsigned order is the order of their bytes. */
final class Bytes {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Bytes() {}

  static void putLong(byte[] bytes, int at, long value) {
    LONG.set(bytes, at, value);
  }

  static long longAt(byte[] bytes, int at) {
    return (long) LONG.get(bytes, at);
  }

  /** {@code prefix} followed by {@code value}. */
  static byte[] join(byte[] prefix, long value) {
    byte[] joined = new byte[prefix.length + Long.BYTES];
    System.arraycopy(prefix, 0, joined, 0, prefix.length);
    putLong(joined, prefix.length, value);
    return joined;
  }
}
