// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.definition;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.holdfast.sdk.CommandHandler;
import io.holdfast.sdk.stored.ProtobufType;

/**
 * One rpc of an entity's service, with all that is needed to carry out its commands.
 *
 * @param name the rpc's name, without its service
 * @param requestUrl the type URL that its commands carry
 * @param replyUrl the type URL that its replies carry
 * @param <T> the entity
 * @param <S> its state
 */
public record CommandType<T, S>(
    String name,
    String requestUrl,
    Parser<? extends Message> requests,
    String replyUrl,
    CommandHandler.WithContext<T, S, Message, Message> handler) {

  /** The type for these two messages and a handler that takes the one and replies the other. */
  @SuppressWarnings("unchecked") // The parser makes commands of class C; replies are only read.
  public static <T, S, C extends Message, R extends Message> CommandType<T, S> of(
      String name,
      C request,
      R reply,
      CommandHandler.WithContext<? super T, ? super S, C, R> handler) {
    return new CommandType<>(
        name,
        ProtobufType.typeUrl(request),
        request.getParserForType(),
        ProtobufType.typeUrl(reply),
        (CommandHandler.WithContext<T, S, Message, Message>) handler);
  }

  /** The command in those bytes. */
  public Message parse(ByteString bytes) throws InvalidProtocolBufferException {
    return requests.parseFrom(bytes);
  }
}
