// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity;

import static io.holdfast.proxy.command.Failure.Code.FUNCTION_BROKEN;
import static io.holdfast.proxy.entity.NoChange.NO_CHANGE;

import io.holdfast.protocol.ClientAction;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.entity.Answer.Replied;
import io.holdfast.proxy.entity.SessionMessage.Deliver;
import io.holdfast.proxy.entity.onward.Ending;
import io.holdfast.proxy.entity.onward.Onward;
import io.holdfast.proxy.entity.onward.RefusedAnswerException;

/**
 * What becomes of a command that the function has answered. Everything that could make the answer
 * invalid is looked at before anything is stored.
 */
final class Verdict {

  private final Session session;
  private final Deliver asked;
  private final Replied replied;

  Verdict(Session session, Deliver asked, Replied replied) {
    this.session = session;
    this.asked = asked;
    this.replied = replied;
  }

  void carryOut() {
    ClientAction action = replied.action();
    if (action.hasFailure()) {
      fail(action);
      return;
    }
    Ending ending;
    try {
      ending = session.onward().ending(action, replied.sideEffects(), asked.command());
    } catch (RefusedAnswerException e) {
      reject(e.what());
      return;
    }
    session.conclude(asked, replied.change(), ending);
    session.next();
  }

  private void fail(ClientAction action) {
    session.conclude(asked, NO_CHANGE, Onward.outcome(Onward.failed(action.getFailure())));
    if (!replied.change().isEmpty()) {
      // It has applied to its own state what is not going to be stored.
      session.report(asked, "failed the command and yet asked for a change to be stored");
      session.reactivate();
    } else if (action.getFailure().getRestart()) {
      session.reactivate();
    } else {
      session.next();
    }
  }

  private void reject(String what) {
    session.report(asked, what);
    session.conclude(
        asked,
        NO_CHANGE,
        Onward.outcome(
            Outcome.failed(FUNCTION_BROKEN, session.describe(asked, "the function " + what))));
    session.restart("the answer was not valid");
  }
}
