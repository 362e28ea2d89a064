// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;

/** The usual key, one string field, without the bookkeeping that several fields need. */
final class StringKeyReader implements EntityKeyReader {

  private final int tag;
  private final KeyField field;

  StringKeyReader(KeyField field) {
    this.tag = field.tag();
    this.field = field;
  }

  static boolean fits(KeyField field) {
    return field.isString() && !field.hasRivals();
  }

  @Override
  public String read(ByteString payload) throws InvalidProtocolBufferException {
    String value = field.absent();
    try {
      var in = payload.newCodedInput();
      for (int found = in.readTag(); found != 0; found = in.readTag()) {
        if (found == tag) {
          value = in.readStringRequireUtf8();
        } else if (field.isAt(found)) {
          value = field.read(in, found, value);
        } else {
          WireKeyReader.skip(in, found);
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw e;
    } catch (IOException e) {
      throw new InvalidProtocolBufferException(e);
    }
    return KeyText.escape(value);
  }
}
