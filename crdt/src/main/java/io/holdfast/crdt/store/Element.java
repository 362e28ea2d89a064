// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.store;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;

/**
 * A value of the function's: an element, a key, or what is in a register. Equal when type URL and
 * bytes are, and never looked into.
 */
public record Element(String typeUrl, ByteString bytes) implements Comparable<Element> {

  public static Element of(Any any) {
    return new Element(any.getTypeUrl(), any.getValue());
  }

  public Any any() {
    return Any.newBuilder().setTypeUrl(typeUrl).setValue(bytes).build();
  }

  @Override
  public int compareTo(Element other) {
    int byType = typeUrl.compareTo(other.typeUrl);
    return byType == 0 ? compare(bytes, other.bytes) : byType;
  }

  // Unsigned, from left to right, as ByteString's own comparator does it a byte at a time. Elements
  // may be large, and are compared with themselves all the time.
  private static int compare(ByteString one, ByteString other) {
    int at = one.asReadOnlyByteBuffer().mismatch(other.asReadOnlyByteBuffer());
    if (at < 0) {
      return 0;
    }
    return at < Math.min(one.size(), other.size())
        ? Byte.compareUnsigned(one.byteAt(at), other.byteAt(at))
        : Integer.compare(one.size(), other.size());
  }
}
