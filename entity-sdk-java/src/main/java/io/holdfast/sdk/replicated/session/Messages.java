// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.replicated.session;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.Failure;
import io.holdfast.protocol.SideEffect;
import io.holdfast.protocol.crdt.CrdtDelete;
import io.holdfast.protocol.crdt.CrdtDelta;
import io.holdfast.protocol.crdt.CrdtReply;
import io.holdfast.protocol.crdt.CrdtStateAction;
import io.holdfast.protocol.crdt.CrdtStreamCancelledResponse;
import io.holdfast.protocol.crdt.CrdtStreamOut;
import io.holdfast.protocol.crdt.CrdtStreamedMessage;
import io.holdfast.protocol.crdt.CrdtWriteConsistency;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.replicated.WriteConsistency;
import io.holdfast.sdk.wire.Encoded;
import io.holdfast.sdk.wire.FailureLog;
import java.util.List;
import java.util.Optional;

/** What goes to the proxy, in the protocol's words. */
final class Messages {

  private Messages() {}

  /** What a client gets, and what is done besides. */
  record Said(ClientAction action, List<SideEffect> sideEffects) {

    boolean isSilent() {
      return action.getActionCase() == ClientAction.ActionCase.ACTION_NOT_SET
          && sideEffects.isEmpty();
    }
  }

  static Said said(ReadOnlyEffect<Message> effect, long command, String replyUrl) {
    if (effect instanceof ReadOnlyEffect.Refuse<Message> refusal) {
      return failed(command, refusal.code(), refusal.message());
    }
    var answered = (ReadOnlyEffect.Answered<Message>) effect;
    return new Said(
        Encoded.action(answered.answer(), replyUrl), Encoded.sideEffects(answered.sideEffects()));
  }

  static Said failed(long command, Status.Code code, String description) {
    var failure = FailureLog.failure(command, code, description);
    return new Said(ClientAction.newBuilder().setFailure(failure).build(), List.of());
  }

  static Optional<CrdtStateAction> update(Optional<CrdtDelta> change, WriteConsistency writes) {
    return change.map(
        delta ->
            CrdtStateAction.newBuilder()
                .setUpdate(delta)
                .setWriteConsistency(consistency(writes))
                .build());
  }

  static Optional<CrdtStateAction> deletion(WriteConsistency writes) {
    return Optional.of(
        CrdtStateAction.newBuilder()
            .setDelete(CrdtDelete.getDefaultInstance())
            .setWriteConsistency(consistency(writes))
            .build());
  }

  private static CrdtWriteConsistency consistency(WriteConsistency writes) {
    return switch (writes) {
      case LOCAL -> CrdtWriteConsistency.LOCAL;
      case MAJORITY -> CrdtWriteConsistency.MAJORITY;
      case ALL -> CrdtWriteConsistency.ALL;
    };
  }

  static CrdtStreamOut reply(
      long command, Said said, Optional<CrdtStateAction> change, boolean streamed) {
    var reply =
        CrdtReply.newBuilder()
            .setCommandId(command)
            .addAllSideEffects(said.sideEffects())
            .setStreamed(streamed);
    if (said.action().getActionCase() != ClientAction.ActionCase.ACTION_NOT_SET) {
      reply.setClientAction(said.action());
    }
    change.ifPresent(reply::setStateAction);
    return CrdtStreamOut.newBuilder().setReply(reply).build();
  }

  static CrdtStreamOut streamed(long command, Said said, boolean ends) {
    var message =
        CrdtStreamedMessage.newBuilder()
            .setCommandId(command)
            .addAllSideEffects(said.sideEffects())
            .setEndStream(ends);
    if (said.action().getActionCase() != ClientAction.ActionCase.ACTION_NOT_SET) {
      message.setClientAction(said.action());
    }
    return CrdtStreamOut.newBuilder().setStreamedMessage(message).build();
  }

  static CrdtStreamOut cancelled(long command, Optional<CrdtStateAction> change) {
    var response = CrdtStreamCancelledResponse.newBuilder().setCommandId(command);
    change.ifPresent(response::setStateAction);
    return CrdtStreamOut.newBuilder().setStreamCancelledResponse(response).build();
  }

  static CrdtStreamOut failure(Failure failure) {
    return CrdtStreamOut.newBuilder().setFailure(failure).build();
  }
}
