// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity;

import static io.holdfast.proxy.command.Failure.Code.FUNCTION_BROKEN;
import static io.holdfast.proxy.entity.NoChange.NO_CHANGE;

import io.grpc.Status;
import io.holdfast.protocol.ClientAction;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.entity.Answer.Replied;
import io.holdfast.proxy.entity.SessionMessage.Deliver;
import io.holdfast.proxy.entity.onward.Ending;
import io.holdfast.proxy.entity.onward.Onward;
import io.holdfast.proxy.entity.onward.RefusedAnswerException;
import java.util.Optional;

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
    Optional<String> tooLarge = session.tooLarge(replied.change());
    if (tooLarge.isPresent()) {
      outgrown(tooLarge.get());
      return;
    }
    session.conclude(asked, replied.change(), ending);
    session.next();
  }

  /** Stores nothing that the function could never be given back. */
  private void outgrown(String why) {
    session.report(
        asked, "asked for something to be stored that it could not be given back: " + why);
    session.conclude(
        asked,
        NO_CHANGE,
        Onward.outcome(
            new Outcome.Failed(
                Failure.refused(
                    Status.Code.FAILED_PRECONDITION,
                    session.describe(asked, why + "; nothing was stored")))));
    // It has applied the change to its own state.
    session.reactivate();
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
