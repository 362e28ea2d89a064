// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.stored;

import com.google.protobuf.ByteString;

/**
 * How values of one class are stored.
 *
 * @param <T> the class
 */
public sealed interface StoredType<T> permits JsonType, PrimitiveType, ProtobufType {

  Class<T> type();

  /** Stands beside the bytes and says how to read them. Unique per class, and stable. */
  String typeUrl();

  /**
   * Equal values give equal bytes.
   *
   * @throws StoredValueException if the value cannot be written
   */
  ByteString encode(T value);

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws StoredValueException if these are not the bytes of such a value
   */
  T decode(ByteString bytes);
}
