// SPDX-License-Identifier: Apache-2.0
package io.holdfast.persistence.serialization;

import akka.serialization.SerializerWithStringManifest;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.holdfast.storage.v1.StoredEvent;
import io.holdfast.storage.v1.StoredSnapshot;
import java.io.NotSerializableException;

/**
 * What Akka's own journal plugins store for us: the same bytes as the embedded store. Identifier
 * and manifests are written to disk by them and so never change.
 */
public final class StoredSerializer extends SerializerWithStringManifest {

  private static final int IDENTIFIER = 7401;
  private static final String EVENT = "e";
  private static final String SNAPSHOT = "s";

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object stored) {
    if (stored instanceof StoredEvent) {
      return EVENT;
    }
    if (stored instanceof StoredSnapshot) {
      return SNAPSHOT;
    }
    throw new IllegalArgumentException("not a stored message: " + stored.getClass().getName());
  }

  @Override
  public byte[] toBinary(Object stored) {
    if (stored instanceof StoredEvent || stored instanceof StoredSnapshot) {
      return ((MessageLite) stored).toByteArray();
    }
    throw new IllegalArgumentException("not a stored message: " + stored.getClass().getName());
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    try {
      return switch (manifest) {
        case EVENT -> StoredEvent.parseFrom(bytes);
        case SNAPSHOT -> StoredSnapshot.parseFrom(bytes);
        default ->
            throw new NotSerializableException(
                "a stored message of kind '" + manifest + "' comes from a newer release");
      };
    } catch (InvalidProtocolBufferException e) {
      var damaged = new NotSerializableException("a stored message is damaged");
      damaged.initCause(e);
      throw damaged;
    }
  }
}
