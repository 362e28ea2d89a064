// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.action;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.action.ActionCommand;
import io.holdfast.protocol.action.ActionResponse;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.entity.Commands;
import io.holdfast.proxy.entity.FunctionPort;
import io.holdfast.proxy.entity.MessageFit;
import io.holdfast.proxy.entity.onward.Ending;
import io.holdfast.proxy.entity.onward.Onward;
import io.holdfast.proxy.entity.onward.RefusedAnswerException;
import io.holdfast.proxy.function.NotConnectedException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the function is asked, and in which words: common to all ways of calling an action. */
record Asked(Command command, FunctionPort function, Onward onward) {

  private static final Logger log = LoggerFactory.getLogger(Asked.class);

  ClientCall<ActionCommand, ActionResponse> newCall(
      MethodDescriptor<ActionCommand, ActionResponse> method) {
    CallOptions options = CallOptions.DEFAULT.withExecutor(Runnable::run);
    return function
        .channel()
        .newCall(method, command.bounded() ? options.withDeadline(command.deadline()) : options);
  }

  /** The only message of a call whose request is no stream. */
  ActionCommand whole() {
    return head().setPayload(command.typedPayload()).build();
  }

  /** The first message of a stream. */
  ActionCommand opening() {
    return head().build();
  }

  /** Why a message cannot be sent to the function, if it cannot. */
  Optional<Failure> tooLarge(ActionCommand message) {
    return MessageFit.tooLarge("the command", message, function.messageBytesMax())
        .map(why -> failure(Failure.Code.INVALID_COMMAND, why));
  }

  private ActionCommand.Builder head() {
    var message =
        ActionCommand.newBuilder()
            .setServiceName(command.method().serviceName())
            .setName(command.method().name());
    if (command.metadata().getEntriesCount() > 0) {
      message.setMetadata(command.metadata());
    }
    return message;
  }

  /**
   * How a response ends what was asked.
   *
   * @throws RefusedAnswerException when the function must not answer that
   */
  Ending ending(ActionResponse response) throws RefusedAnswerException {
    return onward.ending(action(response), response.getSideEffectsList(), command);
  }

  /**
   * What a response asks for beside what it answers, with {@code then} as the end of it.
   *
   * @throws RefusedAnswerException when the function must not ask for that
   */
  Ending sideEffects(ActionResponse response, Outcome then) throws RefusedAnswerException {
    return onward.sideEffects(response.getSideEffectsList(), then, command);
  }

  private static ClientAction action(ActionResponse response) {
    return switch (response.getResponseCase()) {
      case REPLY -> ClientAction.newBuilder().setReply(response.getReply()).build();
      case FORWARD -> ClientAction.newBuilder().setForward(response.getForward()).build();
      case FAILURE -> ClientAction.newBuilder().setFailure(response.getFailure()).build();
      case RESPONSE_NOT_SET -> ClientAction.getDefaultInstance();
    };
  }

  /** Tells the function what it did wrong, and gives what the client is told. */
  Failure broken(String what) {
    String sentence = described("the function " + what);
    log.warn("{}", sentence);
    function.reportError(sentence);
    return Failure.of(Failure.Code.FUNCTION_BROKEN, sentence);
  }

  /** What the client is told when the function's call did not end well. */
  Failure lost(Status status) {
    if (Commands.unreadable(status)) {
      return broken("sent what is no message of the protocol");
    }
    if (status.getCause() instanceof NotConnectedException) {
      return failure(Failure.Code.UNAVAILABLE, "the function is not reachable; nothing happened");
    }
    return switch (status.getCode()) {
      case UNAVAILABLE, CANCELLED ->
          failure(
              Failure.Code.INDETERMINATE,
              "the function was lost (" + Commands.describe(status) + "); the outcome is unknown");
      case DEADLINE_EXCEEDED ->
          failure(
              Failure.Code.TIMED_OUT,
              "the function did not answer in time; the outcome is unknown");
      case RESOURCE_EXHAUSTED -> failure(Failure.Code.OVERLOADED, Commands.describe(status));
      default ->
          failure(
              Failure.Code.FUNCTION_BROKEN,
              "the function's call ended with " + Commands.describe(status));
    };
  }

  private Failure failure(Failure.Code code, String why) {
    return Failure.of(code, described(why));
  }

  private String described(String what) {
    return command.method().fullName() + ": " + what;
  }
}
