// SPDX-License-Identifier: Apache-2.0
package io.holdfast.testkit;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.holdfast.sdk.stored.StoredTypes;
import io.holdfast.sdk.stored.StoredValueException;

/** Sends values through their bytes and back, and fails when what returns is not what left. */
final class Survival {

  private Survival() {}

  /** The copy of a state or an event that storage would give back. */
  static <V> V stored(String what, V value, StoredTypes<V> types) {
    try {
      var stored = types.encode(value);
      V copy = types.decode(stored);
      requireEqual(what, value, copy);
      requireSameBytes(what, value, stored.getValue(), types.encode(copy).getValue());
      return copy;
    } catch (StoredValueException e) {
      throw new AssertionError(
          what + " " + value + " does not survive storage: " + e.getMessage(), e);
    }
  }

  /** The copy of a command or a reply that the other side would receive. */
  static <M extends Message> M sent(String what, M message) {
    try {
      @SuppressWarnings("unchecked") // A message's parser makes messages of its class.
      M copy = (M) message.getParserForType().parseFrom(message.toByteString());
      requireEqual(what, message, copy);
      return copy;
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(what + " " + message + " does not survive the wire", e);
    }
  }

  private static void requireEqual(String what, Object value, Object copy) {
    if (!value.equals(copy)) {
      throw new AssertionError(
          "%s %s comes back as %s, which is not equal to it: equals() must compare values, and nothing may be left out of what is stored"
              .formatted(what, value, copy));
    }
  }

  private static void requireSameBytes(
      String what, Object value, ByteString before, ByteString after) {
    if (!before.equals(after)) {
      throw new AssertionError(
          "%s %s has other bytes when it comes back (%s, then %s): equal values need equal bytes"
              .formatted(what, value, before.toStringUtf8(), after.toStringUtf8()));
    }
  }
}
