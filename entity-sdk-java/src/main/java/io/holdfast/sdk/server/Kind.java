// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;

/**
 * One kind of entity, as far as its streams are concerned.
 *
 * @param <I> what the proxy sends
 * @param <O> what it gets
 */
interface Kind<I extends Message, O extends Message> {

  /** The rpc that opens such a stream. */
  MethodDescriptor<I, O> method();

  /** An empty message of those that the proxy sends. */
  I prototype();

  /**
   * Whether the handlers of the entity that a stream begins with may run on the network's thread.
   */
  boolean neverBlocks(I first);

  /** A session that has seen nothing yet. */
  Session<I> open(Outlet<O> outlet);

  /** One activated entity. Takes one message at a time. */
  interface Session<I> {
    void receive(I message);

    /** The function shuts down, and the stream ends: says what has to be said before. */
    default void leave() {}
  }

  /** The way back to the proxy. */
  interface Outlet<O> {

    void send(O message);

    /** Ends the stream. Nothing may be sent afterwards. */
    void end();
  }
}
