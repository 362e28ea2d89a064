// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.holdfast.protocol.Failure;
import io.holdfast.sdk.session.CommandReply;
import io.holdfast.sdk.session.EntitySession;

/**
 * The streams of one kind of entity whose state is stored: how the proxy's messages reach a
 * session, and how a session's answers become messages.
 *
 * @param <I> what the proxy sends
 * @param <O> what it gets
 */
interface Wire<I extends Message, O extends Message> {

  /** The rpc that opens such a stream. */
  MethodDescriptor<I, O> method();

  /** An empty message of those that the proxy sends. */
  I prototype();

  /** The service of the entity that the stream is for. Only the first message tells. */
  String service(I first);

  /** Hands the message to the session. */
  void deliver(I message, EntitySession session);

  O reply(CommandReply reply);

  O failure(Failure failure);
}
