// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.command;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

/** A method of the connected function, as something to send commands to. */
public interface CommandTarget {

  CommandMethod method();

  /** Whether its commands are for entities; else they have no key. */
  boolean keyed();

  /** Whether its request or its response is a stream. */
  boolean streamed();

  /**
   * The entity that a payload is for. Its key is empty when a key field is.
   *
   * @throws InvalidProtocolBufferException when the bytes are no protobuf message
   */
  EntityId entity(ByteString payload) throws InvalidProtocolBufferException;
}
