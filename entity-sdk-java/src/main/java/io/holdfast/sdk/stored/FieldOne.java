// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.stored;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/** A message with one value, in field 1: how JSON and primitives lie inside an Any. */
final class FieldOne {

  private static final int NUMBER = 1;
  private static final int TAG_BYTES = 1;

  private FieldOne() {}

  /** Writes one value without its tag. */
  @FunctionalInterface
  interface Writer<T> {
    void write(CodedOutputStream out, T value) throws IOException;
  }

  /** Reads one value without its tag. */
  @FunctionalInterface
  interface Reader<T> {
    T read(CodedInputStream in) throws IOException;
  }

  static <T> ByteString write(int wireType, Writer<T> writer, T value) throws IOException {
    var bytes = ByteString.newOutput();
    var out = CodedOutputStream.newInstance(bytes);
    out.writeTag(NUMBER, wireType);
    writer.write(out, value);
    out.flush();
    return bytes.toByteString();
  }

  /** As {@link #write} for bytes, with one copy less. */
  static ByteString write(byte[] content) throws IOException {
    int length = CodedOutputStream.computeUInt32SizeNoTag(content.length);
    var bytes = new byte[TAG_BYTES + length + content.length];
    CodedOutputStream.newInstance(bytes).writeByteArray(NUMBER, content);
    return UnsafeByteOperations.unsafeWrap(bytes);
  }

  /** The value, or the default if there is none. Other fields are passed over. */
  static <T> T read(ByteString message, int wireType, Reader<T> reader, T defaultValue)
      throws IOException {
    int expected = NUMBER << 3 | wireType;
    T value = defaultValue;
    var in = message.newCodedInput();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (tag == expected) {
        value = reader.read(in);
      } else if (WireFormat.getTagFieldNumber(tag) == NUMBER || !in.skipField(tag)) {
        throw new IOException("field 1 is of another type");
      }
    }
    return value;
  }
}
