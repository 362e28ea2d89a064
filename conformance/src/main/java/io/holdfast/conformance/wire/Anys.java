// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.wire;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;

/** User values, packed as the protocol asks for. */
public final class Anys {

  private static final String PROTOBUF = "type.googleapis.com/";

  private Anys() {}

  /** A protobuf message under its full name. */
  public static Any of(Message message) {
    return of(message.getDescriptorForType().getFullName(), message.toByteString());
  }

  /** These bytes under the full name of a message, whether or not they are one. */
  public static Any of(String fullName, ByteString bytes) {
    return Any.newBuilder().setTypeUrl(PROTOBUF + fullName).setValue(bytes).build();
  }
}
