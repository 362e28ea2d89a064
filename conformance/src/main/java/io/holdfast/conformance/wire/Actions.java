// SPDX-License-Identifier: Apache-2.0
package io.holdfast.conformance.wire;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.holdfast.conformance.model.Response;
import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.Failure;
import io.holdfast.protocol.Forward;
import io.holdfast.protocol.Metadata;
import io.holdfast.protocol.Reply;
import io.holdfast.protocol.SideEffect;

/** What a function may have done for the client, and besides. */
public final class Actions {

  private Actions() {}

  /** Replies the model's response. */
  public static ClientAction reply(String text) {
    return reply(Anys.of(Response.newBuilder().setText(text).build()));
  }

  public static ClientAction reply(Any payload) {
    return ClientAction.newBuilder().setReply(Reply.newBuilder().setPayload(payload)).build();
  }

  public static ClientAction reply(String text, Metadata metadata) {
    var plain = reply(text);
    return plain.toBuilder().setReply(plain.getReply().toBuilder().setMetadata(metadata)).build();
  }

  /** Fails the command of that id, the entity living on. */
  public static ClientAction fail(long commandId, String description) {
    return fail(failure(commandId, description));
  }

  public static ClientAction fail(Failure failure) {
    return ClientAction.newBuilder().setFailure(failure).build();
  }

  public static Failure failure(long commandId, String description) {
    return Failure.newBuilder().setCommandId(commandId).setDescription(description).build();
  }

  public static ClientAction forward(String service, String command, Message payload) {
    return ClientAction.newBuilder()
        .setForward(
            Forward.newBuilder()
                .setServiceName(service)
                .setCommandName(command)
                .setPayload(Anys.of(payload)))
        .build();
  }

  /**
   * Another command besides.
   *
   * @param awaited whether the client's reply waits for its end
   */
  public static SideEffect effect(
      String service, String command, Message payload, boolean awaited) {
    return SideEffect.newBuilder()
        .setServiceName(service)
        .setCommandName(command)
        .setPayload(Anys.of(payload))
        .setSynchronous(awaited)
        .build();
  }
}
