// SPDX-License-Identifier: Apache-2.0
package io.holdfast.crdt.serialization;

import akka.serialization.SerializerWithStringManifest;
import com.google.protobuf.InvalidProtocolBufferException;
import io.holdfast.crdt.ReplicatedState;
import io.holdfast.storage.v1.StoredCrdt;
import java.io.NotSerializableException;

/**
 * Replicated states as Akka carries them. Equal states have equal bytes, of which replicators
 * compare digests. Identifier and manifest are on disk and between nodes, and so never change.
 */
public final class ReplicatedStateSerializer extends SerializerWithStringManifest {

  private static final int IDENTIFIER = 7402;
  private static final String STATE = "s";

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object state) {
    return STATE;
  }

  @Override
  public byte[] toBinary(Object state) {
    if (state instanceof ReplicatedState replicated) {
      return StateWriter.stored(replicated).toByteArray();
    }
    throw new IllegalArgumentException("not a replicated state: " + state.getClass().getName());
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    if (!manifest.equals(STATE)) {
      throw new NotSerializableException(
          "a replicated state of kind '" + manifest + "' comes from a newer release");
    }
    try {
      return StateReader.state(StoredCrdt.parseFrom(bytes));
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      var damaged = new NotSerializableException("a replicated state is damaged");
      damaged.initCause(e);
      throw damaged;
    }
  }
}
