// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.action;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.action.ActionCommand;
import io.holdfast.protocol.action.ActionResponse;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.entity.Commands;
import io.holdfast.proxy.entity.FunctionPort;
import io.holdfast.proxy.entity.onward.Onward;
import io.holdfast.proxy.entity.onward.RefusedAnswerException;
import io.holdfast.proxy.function.NotConnectedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One unary call of an action. */
final class ActionCall extends ClientCall.Listener<ActionResponse> {

  private static final Logger log = LoggerFactory.getLogger(ActionCall.class);

  private final Command command;
  private final ReplyTo replyTo;
  private final FunctionPort function;
  private final Onward onward;
  private final Runnable ended;
  private @Nullable ActionResponse response;

  /**
   * @param ended called once, when the function owes nothing any more
   */
  ActionCall(
      Command command, ReplyTo replyTo, FunctionPort function, Onward onward, Runnable ended) {
    this.command = command;
    this.replyTo = replyTo;
    this.function = function;
    this.onward = onward;
    this.ended = ended;
  }

  void start(MethodDescriptor<ActionCommand, ActionResponse> method) {
    var call =
        function
            .channel()
            .newCall(
                method,
                CallOptions.DEFAULT.withDeadline(command.deadline()).withExecutor(Runnable::run));
    call.start(this, new Metadata());
    // One more than allowed, so that a second response is seen.
    call.request(2);
    call.sendMessage(toFunction());
    call.halfClose();
    replyTo.whenAbandoned(() -> call.cancel("the client has gone", null));
  }

  private ActionCommand toFunction() {
    var message =
        ActionCommand.newBuilder()
            .setServiceName(command.method().serviceName())
            .setName(command.method().name())
            .setPayload(command.typedPayload());
    if (command.metadata().getEntriesCount() > 0) {
      message.setMetadata(command.metadata());
    }
    return message.build();
  }

  @Override
  public void onMessage(ActionResponse message) {
    response = message;
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    ended.run();
    ActionResponse answer = response;
    if (!status.isOk()) {
      replyTo.complete(lost(status));
    } else if (answer == null) {
      broken("answered with nothing");
    } else {
      conclude(answer);
    }
  }

  private void conclude(ActionResponse answer) {
    try {
      onward.ending(action(answer), answer.getSideEffectsList(), command).carryOut(replyTo);
    } catch (RefusedAnswerException e) {
      broken(e.what());
    }
  }

  private static ClientAction action(ActionResponse answer) {
    return switch (answer.getResponseCase()) {
      case REPLY -> ClientAction.newBuilder().setReply(answer.getReply()).build();
      case FORWARD -> ClientAction.newBuilder().setForward(answer.getForward()).build();
      case FAILURE -> ClientAction.newBuilder().setFailure(answer.getFailure()).build();
      case RESPONSE_NOT_SET -> ClientAction.getDefaultInstance();
    };
  }

  private void broken(String what) {
    String sentence = described("the function " + what);
    log.warn("{}", sentence);
    function.reportError(sentence);
    replyTo.complete(Outcome.failed(Failure.Code.FUNCTION_BROKEN, sentence));
  }

  private Outcome lost(Status status) {
    if (status.getCause() instanceof NotConnectedException) {
      return failed(Failure.Code.UNAVAILABLE, "the function is not reachable; nothing happened");
    }
    return switch (status.getCode()) {
      case UNAVAILABLE, CANCELLED ->
          failed(
              Failure.Code.INDETERMINATE,
              "the function was lost (" + Commands.describe(status) + "); the outcome is unknown");
      case DEADLINE_EXCEEDED ->
          failed(
              Failure.Code.TIMED_OUT,
              "the function did not answer in time; the outcome is unknown");
      case RESOURCE_EXHAUSTED -> failed(Failure.Code.OVERLOADED, Commands.describe(status));
      default ->
          failed(
              Failure.Code.FUNCTION_BROKEN,
              "the function's call ended with " + Commands.describe(status));
    };
  }

  private Outcome failed(Failure.Code code, String why) {
    return Outcome.failed(code, described(why));
  }

  private String described(String what) {
    return command.method().fullName() + ": " + what;
  }
}
