// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.wire;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.Forward;
import io.holdfast.protocol.Reply;
import io.holdfast.sdk.Answer;
import io.holdfast.sdk.Call;
import io.holdfast.sdk.Metadata;
import io.holdfast.sdk.SideEffect;
import io.holdfast.sdk.stored.ProtobufType;
import java.util.List;

/** Answers and side effects in the protocol's words. */
public final class Encoded {

  private Encoded() {}

  /**
   * What the client gets; empty for nothing.
   *
   * @param replyUrl the type URL of the rpc's replies
   */
  public static ClientAction action(Answer<Message> answer, String replyUrl) {
    if (answer instanceof Answer.Reply<Message> reply) {
      return reply(replyUrl, reply.message().toByteString(), reply.metadata());
    } else if (answer instanceof Answer.Forward<Message> forward) {
      return forward(forward.call());
    }
    var headers = ((Answer.Nothing<Message>) answer).metadata();
    // Headers need a reply to travel with: the empty message, spelt out.
    return headers.isEmpty()
        ? ClientAction.getDefaultInstance()
        : reply(replyUrl, ByteString.EMPTY, headers);
  }

  private static ClientAction reply(String url, ByteString message, Metadata headers) {
    var reply = Reply.newBuilder().setPayload(Any.newBuilder().setTypeUrl(url).setValue(message));
    if (!headers.isEmpty()) {
      reply.setMetadata(headers.entries());
    }
    return ClientAction.newBuilder().setReply(reply).build();
  }

  private static ClientAction forward(Call call) {
    var forward =
        Forward.newBuilder()
            .setServiceName(call.service())
            .setCommandName(call.rpc())
            .setPayload(payload(call));
    if (!call.metadata().isEmpty()) {
      forward.setMetadata(call.metadata().entries());
    }
    return ClientAction.newBuilder().setForward(forward).build();
  }

  /** The same side effects, in their order. */
  public static List<io.holdfast.protocol.SideEffect> sideEffects(List<SideEffect> sideEffects) {
    return sideEffects.isEmpty()
        ? List.of()
        : sideEffects.stream().map(Encoded::sideEffect).toList();
  }

  private static io.holdfast.protocol.SideEffect sideEffect(SideEffect sideEffect) {
    var call = sideEffect.call();
    var encoded =
        io.holdfast.protocol.SideEffect.newBuilder()
            .setServiceName(call.service())
            .setCommandName(call.rpc())
            .setPayload(payload(call))
            .setSynchronous(sideEffect.awaited());
    if (!call.metadata().isEmpty()) {
      encoded.setMetadata(call.metadata().entries());
    }
    return encoded.build();
  }

  private static Any payload(Call call) {
    return Any.newBuilder()
        .setTypeUrl(ProtobufType.typeUrl(call.message()))
        .setValue(call.message().toByteString())
        .build();
  }
}
