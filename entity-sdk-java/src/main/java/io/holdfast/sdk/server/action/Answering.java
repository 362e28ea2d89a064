// SPDX-License-Identifier: Apache-2.0
package io.holdfast.sdk.server.action;

import com.google.protobuf.Empty;
import com.google.protobuf.Message;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.action.ActionCommand;
import io.holdfast.protocol.action.ActionResponse;
import io.holdfast.sdk.ReadOnlyEffect;
import io.holdfast.sdk.stored.ProtobufType;
import io.holdfast.sdk.wire.Encoded;
import io.holdfast.sdk.wire.FailureLog;
import io.holdfast.sdk.wire.RpcType;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;

/**
 * The way back to the proxy for one call. Its end comes once: whatever is said afterwards is passed
 * over. For use by any thread.
 */
final class Answering {

  private static final String EMPTY_URL = ProtobufType.typeUrl(Empty.getDefaultInstance());

  private final ServerCall<ActionCommand, ActionResponse> call;
  private final FailureLog log;
  private final String service;
  private boolean headersSent;
  private boolean closed;

  Answering(ServerCall<ActionCommand, ActionResponse> call, FailureLog log, String service) {
    this.call = call;
    this.log = log;
    this.service = service;
  }

  /**
   * Sends what a handler answers.
   *
   * @param streamed whether the client gets a stream, in which nothing is no message
   * @return whether a message went out; if not, the next may follow at once
   */
  boolean send(RpcType rpc, ReadOnlyEffect<Message> effect, boolean streamed) {
    if (effect instanceof ReadOnlyEffect.Refuse<Message> refusal) {
      fail(refusal.code(), refusal.message());
      return true;
    }
    var answered = (ReadOnlyEffect.Answered<Message>) effect;
    var action = Encoded.action(answered.answer(), rpc.replyUrl());
    if (action.getActionCase() == ClientAction.ActionCase.ACTION_NOT_SET) {
      if (streamed && answered.sideEffects().isEmpty()) {
        return false;
      } else if (!streamed && !rpc.replyUrl().equals(EMPTY_URL)) {
        throw new IllegalStateException(
            "rpc %s needs an answer: skip() is for such as stream theirs".formatted(rpc.name()));
      }
    }
    var response =
        ActionResponse.newBuilder().addAllSideEffects(Encoded.sideEffects(answered.sideEffects()));
    switch (action.getActionCase()) {
      case REPLY -> response.setReply(action.getReply());
      case FORWARD -> response.setForward(action.getForward());
      case FAILURE, ACTION_NOT_SET -> {}
    }
    send(response.build());
    return true;
  }

  /** Ends the call with a failure that is the client's to know. */
  void fail(Status.Code code, String description) {
    // Together, so that nothing comes in between.
    synchronized (this) {
      send(
          ActionResponse.newBuilder().setFailure(FailureLog.failure(0, code, description)).build());
      complete();
    }
  }

  /** Ends the call because the proxy did what the protocol forbids. */
  void breach(String what) {
    if (isOpen()) {
      log.log().error("The proxy broke the protocol with action {}: {}", service, what);
      fail(Status.Code.INTERNAL, "protocol error: " + what);
    }
  }

  /** Ends the call because a handler failed. */
  void thrown(String rpc, Throwable failure) {
    // Not for calls whose client has gone: their streams fail, and that is nobody's fault.
    if (isOpen()) {
      Throwable cause =
          failure instanceof CompletionException
              ? Objects.requireNonNullElse(failure.getCause(), failure)
              : failure;
      var circumstances = Map.of("service", service, "command", rpc);
      fail(
          Status.Code.INTERNAL,
          log.logged("Command " + rpc + " failed", "action " + service, circumstances, cause));
    }
  }

  /** Ends the call. */
  synchronized void complete() {
    if (!closed) {
      closed = true;
      call.close(Status.OK, new Metadata());
    }
  }

  /** The call has ended from the other side. */
  synchronized void abandon() {
    closed = true;
  }

  synchronized boolean isOpen() {
    return !closed;
  }

  /** Whether what is sent now goes out soon. */
  boolean isReady() {
    return call.isReady();
  }

  private synchronized void send(ActionResponse response) {
    if (!closed) {
      if (!headersSent) {
        headersSent = true;
        call.sendHeaders(new Metadata());
      }
      call.sendMessage(response);
    }
  }
}
