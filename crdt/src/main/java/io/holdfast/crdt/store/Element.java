// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.store;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import java.util.Comparator;

/**
 * A value of the function's: an element, a key, or what is in a register. Equal when type URL and
 * bytes are, and never looked into.
 */
public record Element(String typeUrl, ByteString bytes) implements Comparable<Element> {

  private static final Comparator<Element> ORDER =
      Comparator.comparing(Element::typeUrl)
          .thenComparing(Element::bytes, ByteString.unsignedLexicographicalComparator());

  public static Element of(Any any) {
    return new Element(any.getTypeUrl(), any.getValue());
  }

  public Any any() {
    return Any.newBuilder().setTypeUrl(typeUrl).setValue(bytes).build();
  }

  @Override
  public int compareTo(Element other) {
    return ORDER.compare(this, other);
  }
}
