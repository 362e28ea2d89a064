// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes protobuf's wire format by hand. */
final class Wire {

  interface Writing {
    void to(CodedOutputStream out) throws IOException;
  }

  private Wire() {}

  static ByteString bytes(Writing writing) {
    var bytes = ByteString.newOutput();
    var out = CodedOutputStream.newInstance(bytes);
    try {
      writing.to(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteString();
  }
}
