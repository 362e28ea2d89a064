// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.util.List;

/**
 * Reads any number of key fields in one pass over the wire. As in a parsed message, the last
 * occurrence of a field counts, an absent field has its default value, and the members of a oneof
 * unset each other.
 */
final class WireKeyReader implements EntityKeyReader {

  private final KeyField[] fields;

  private WireKeyReader(List<KeyField> fields) {
    this.fields = fields.toArray(KeyField[]::new);
  }

  /** A reader of these fields, in the order in which the key shall have them. */
  static EntityKeyReader of(List<KeyField> fields) {
    if (fields.isEmpty()) {
      throw new IllegalArgumentException("a key needs at least one field");
    }
    var first = fields.get(0);
    return fields.size() == 1 && StringKeyReader.fits(first)
        ? new StringKeyReader(first)
        : new WireKeyReader(fields);
  }

  @Override
  public String read(ByteString payload) throws InvalidProtocolBufferException {
    var values = new String[fields.length];
    for (int i = 0; i < fields.length; i++) {
      values[i] = fields[i].absent();
    }
    try {
      var in = payload.newCodedInput();
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        take(in, tag, values);
      }
    } catch (InvalidProtocolBufferException e) {
      throw e;
    } catch (IOException e) {
      throw new InvalidProtocolBufferException(e);
    }
    return KeyText.join(values);
  }

  private void take(CodedInputStream in, int tag, String[] values) throws IOException {
    boolean taken = false;
    for (int i = 0; i < fields.length; i++) {
      if (fields[i].isAt(tag)) {
        values[i] = fields[i].read(in, tag, values[i]);
        taken = true;
      } else if (fields[i].isUnsetBy(tag)) {
        values[i] = fields[i].absent();
      }
    }
    if (!taken) {
      skip(in, tag);
    }
  }

  static void skip(CodedInputStream in, int tag) throws IOException {
    if (!in.skipField(tag)) {
      throw new InvalidProtocolBufferException("a group ends that never began");
    }
  }
}
