// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity;

import static io.holdfast.proxy.command.Failure.Code.FUNCTION_BROKEN;
import static io.holdfast.proxy.command.Failure.Code.NO_REPLY;
import static io.holdfast.proxy.entity.NoChange.NO_CHANGE;

import com.google.protobuf.ByteString;
import io.holdfast.protocol.ClientAction;
import io.holdfast.protocol.Metadata;
import io.holdfast.protocol.Reply;
import io.holdfast.proxy.command.CommandMethod;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.entity.Answer.Replied;
import io.holdfast.proxy.entity.SessionMessage.Deliver;

/**
 * What becomes of a command that the function has answered. Everything that could make the answer
 * invalid is looked at before anything is stored.
 */
final class Verdict {

  private static final String EMPTY = "google.protobuf.Empty";

  private final Session session;
  private final Deliver asked;
  private final Replied replied;

  Verdict(Session session, Deliver asked, Replied replied) {
    this.session = session;
    this.asked = asked;
    this.replied = replied;
  }

  void carryOut() {
    if (!replied.sideEffects().isEmpty()) {
      reject("asked for a side effect, which this release does not carry out");
      return;
    }
    ClientAction action = replied.action();
    switch (action.getActionCase()) {
      case REPLY -> reply(action.getReply());
      case FAILURE -> fail(action);
      case FORWARD ->
          reject(
              "forwarded to "
                  + action.getForward().getServiceName()
                  + "/"
                  + action.getForward().getCommandName()
                  + ", which this release does not carry out");
      case ACTION_NOT_SET -> keepSilent();
    }
  }

  private void reply(Reply reply) {
    CommandMethod method = asked.command().method();
    String typeUrl = reply.getPayload().getTypeUrl();
    if (method.answersWith(typeUrl)) {
      accept(new Outcome.Replied(reply.getPayload().getValue(), reply.getMetadata()));
    } else {
      reject("replied with type \"" + typeUrl + "\" instead of " + method.outputType());
    }
  }

  private void keepSilent() {
    if (asked.command().method().outputType().equals(EMPTY)) {
      accept(new Outcome.Replied(ByteString.EMPTY, Metadata.getDefaultInstance()));
    } else {
      accept(Outcome.failed(NO_REPLY, "no reply"));
    }
  }

  private void accept(Outcome outcome) {
    session.conclude(asked, replied.change(), outcome);
    session.next();
  }

  private void fail(ClientAction action) {
    session.conclude(asked, NO_CHANGE, Commands.failed(action.getFailure()));
    if (!replied.change().isEmpty()) {
      // It has applied to its own state what is not going to be stored.
      session.report(asked, "failed the command and yet asked for a change to be stored");
      session.restart("a failure came with a change");
    } else if (action.getFailure().getRestart()) {
      session.restart("the function asked for a restart");
    } else {
      session.next();
    }
  }

  private void reject(String what) {
    session.report(asked, what);
    session.conclude(
        asked,
        NO_CHANGE,
        Outcome.failed(FUNCTION_BROKEN, session.describe(asked, "the function " + what)));
    session.restart("the answer was not valid");
  }
}
