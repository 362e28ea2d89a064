// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.discovery;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

/** Finds an entity's key in the bytes of a command. Safe for use by many threads. */
public interface EntityKeyReader {

  /**
   * Scans the payload for the key fields, without parsing it, and gives the key in the form that
   * {@link io.holdfast.proxy.command.EntityId} describes. Empty when a key field is empty or
   * absent.
   *
   * @throws InvalidProtocolBufferException when the bytes are no protobuf message
   */
  String read(ByteString payload) throws InvalidProtocolBufferException;
}
