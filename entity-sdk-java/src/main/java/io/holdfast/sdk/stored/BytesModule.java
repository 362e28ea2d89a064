// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.stored;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.google.protobuf.ByteString;
import java.io.IOException;

/** Writes bytes as text in base64, as Jackson does with arrays, which are no values. */
final class BytesModule extends SimpleModule {

  private static final long serialVersionUID = 1L;

  BytesModule() {
    addSerializer(new Writer());
    addDeserializer(ByteString.class, new Reader());
  }

  private static final class Writer extends StdScalarSerializer<ByteString> {

    private static final long serialVersionUID = 1L;

    Writer() {
      super(ByteString.class);
    }

    @Override
    public void serialize(ByteString value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeBinary(value.toByteArray());
    }
  }

  private static final class Reader extends StdScalarDeserializer<ByteString> {

    private static final long serialVersionUID = 1L;

    Reader() {
      super(ByteString.class);
    }

    @Override
    public ByteString deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      return ByteString.copyFrom(in.getBinaryValue());
    }
  }
}
