// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.definition;

import com.google.protobuf.Message;
import io.holdfast.sdk.CommandHandler;
import io.holdfast.sdk.wire.RpcType;

/**
 * One rpc of an entity's service, and who carries out its commands.
 *
 * @param <T> the entity
 * @param <S> its state
 */
public record CommandType<T, S>(
    RpcType rpc, CommandHandler.WithContext<T, S, Message, Message> handler) {

  /** That rpc with a handler that takes what it takes and replies what it replies. */
  @SuppressWarnings("unchecked") // The rpc reads commands of class C; replies are only written.
  public static <T, S, C extends Message, R extends Message> CommandType<T, S> of(
      RpcType rpc, CommandHandler.WithContext<? super T, ? super S, C, R> handler) {
    return new CommandType<>(
        rpc, (CommandHandler.WithContext<T, S, Message, Message>) (Object) handler);
  }
}
