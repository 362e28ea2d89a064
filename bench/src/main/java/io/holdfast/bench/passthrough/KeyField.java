// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.passthrough;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/** Finds a string field in the bytes of a message without parsing the rest. */
final class KeyField {

  private final int tag;

  KeyField(int number) {
    this.tag = number << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  /**
   * The field's value, empty if it is absent; the last one, if there are several.
   *
   * @throws IOException if these are not the bytes of a message
   */
  String read(byte[] message) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(message);
    String value = "";
    for (int read = in.readTag(); read != 0; read = in.readTag()) {
      if (read == tag) {
        value = in.readStringRequireUtf8();
      } else {
        in.skipField(read);
      }
    }
    return value;
  }
}
