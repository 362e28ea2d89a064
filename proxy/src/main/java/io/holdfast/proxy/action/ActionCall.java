// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.action;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.holdfast.protocol.action.ActionCommand;
import io.holdfast.protocol.action.ActionResponse;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.command.RequestStream;
import io.holdfast.proxy.entity.onward.RefusedAnswerException;
import org.jspecify.annotations.Nullable;

/** One call of an action that is answered once. */
final class ActionCall extends ClientCall.Listener<ActionResponse> {

  private final Asked asked;
  private final ReplyTo replyTo;
  private final Runnable ended;
  private final ClientCall<ActionCommand, ActionResponse> call;
  private final ActionRequest request;
  private @Nullable ActionResponse response;
  private boolean answeredTwice;

  /**
   * @param ended called once, when the function owes nothing any more
   */
  ActionCall(
      Asked asked,
      MethodDescriptor<ActionCommand, ActionResponse> method,
      ReplyTo replyTo,
      Runnable ended) {
    this.asked = asked;
    this.replyTo = replyTo;
    this.ended = ended;
    this.call = asked.newCall(method);
    this.request = new ActionRequest(asked, call, this::fail);
  }

  /** Starts it with one request. */
  void start() {
    open();
    request.send();
  }

  /** Starts it with a stream of requests. */
  void start(RequestStream requests) {
    open();
    request.send(requests);
  }

  private void open() {
    call.start(this, new Metadata());
    // One more than allowed, so that a second response is seen.
    call.request(2);
    replyTo.whenAbandoned(() -> request.cancel("the client has gone"));
  }

  @Override
  public void onReady() {
    request.onReady();
  }

  @Override
  public void onMessage(ActionResponse message) {
    answeredTwice = response != null;
    response = message;
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    ended.run();
    ActionResponse answer = response;
    if (answeredTwice) {
      fail(asked.broken("answered more than once"));
    } else if (!status.isOk()) {
      fail(asked.lost(status));
    } else if (answer == null) {
      fail(asked.broken("answered with nothing"));
    } else {
      conclude(answer);
    }
  }

  private void conclude(ActionResponse answer) {
    try {
      asked.ending(answer).carryOut(replyTo);
    } catch (RefusedAnswerException e) {
      fail(asked.broken(e.what()));
    }
  }

  private void fail(Failure failure) {
    replyTo.complete(new Outcome.Failed(failure));
  }
}
