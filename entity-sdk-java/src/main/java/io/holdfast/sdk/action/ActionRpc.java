// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.action;

import com.google.protobuf.Message;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.wire.RpcType;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * One rpc of an action's service, and who answers its calls: one record for each of the four shapes
 * of gRPC. Not for entity developers.
 */
public sealed interface ActionRpc {

  RpcType type();

  /**
   * Answers one call.
   *
   * @param <I> what comes
   * @param <O> what is answered
   */
  @FunctionalInterface
  interface Body<I, O> {
    O handle(I input, ActionContext context) throws Exception;
  }

  /** One message in, one out. */
  record Unary(RpcType type, Body<Message, ReadOnlyEffect<Message>> body) implements ActionRpc {}

  /** Many in, one out. */
  record StreamedIn(
      RpcType type, Body<Elements<Message>, CompletionStage<ReadOnlyEffect<Message>>> body)
      implements ActionRpc {}

  /** One in, many out. */
  record StreamedOut(RpcType type, Body<Message, Flow.Publisher<ReadOnlyEffect<Message>>> body)
      implements ActionRpc {}

  /** Many in, many out. */
  record Streamed(
      RpcType type, Body<Elements<Message>, Flow.Publisher<ReadOnlyEffect<Message>>> body)
      implements ActionRpc {}
}
