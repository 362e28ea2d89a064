// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity;

import static io.holdfast.proxy.command.Failure.Code.FUNCTION_BROKEN;
import static io.holdfast.proxy.command.Failure.Code.INDETERMINATE;
import static io.holdfast.proxy.command.Failure.Code.TIMED_OUT;

import io.grpc.Status;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.entity.Answer.Broken;
import io.holdfast.proxy.entity.Answer.GaveUp;
import io.holdfast.proxy.entity.Answer.Replied;
import io.holdfast.proxy.entity.Answer.SnapshotRefused;
import io.holdfast.proxy.entity.SessionMessage.Arrived;
import io.holdfast.proxy.entity.SessionMessage.Deliver;
import io.holdfast.proxy.entity.onward.Onward;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The function owes the answer to one command. */
final class Busy implements SessionState, Answer.Visitor {

  private final Session session;
  private final long commandId;
  private final Deliver asked;
  private final long askedAtNanos;

  Busy(Session session, long commandId, Deliver asked, long askedAtNanos) {
    this.session = session;
    this.commandId = commandId;
    this.asked = asked;
    this.askedAtNanos = askedAtNanos;
  }

  @Override
  public void onDeliver(Deliver message) {
    session.enqueueBehindOthers(message);
  }

  @Override
  public void onArrived(Arrived message) {
    session.arrived(message);
  }

  @Override
  public void onAnswered(Answer answer) {
    answer.visit(this);
  }

  @Override
  public void onReplied(Replied replied) {
    if (replied.commandId() != commandId) {
      broken("answered command " + replied.commandId() + " while it was asked " + commandId);
      return;
    }
    new Verdict(session, asked, replied).carryOut();
  }

  @Override
  public void onGaveUp(GaveUp gaveUp) {
    long about = gaveUp.failure().getCommandId();
    if (about != 0 && about != commandId) {
      broken("gave up on command " + about + " while it was asked " + commandId);
      return;
    }
    Outcome outcome = Onward.failed(gaveUp.failure());
    session.conclude(asked, NoChange.NO_CHANGE, Onward.outcome(outcome));
    session.close();
  }

  @Override
  public void onSnapshotRefused(SnapshotRefused refused) {
    // It was asked before it could say so: only the first command can have met it that way.
    if (commandId != 1 || !session.recoverWithoutSnapshot(refused.why(), asked)) {
      broken("refused a snapshot that it was not sent");
    }
  }

  @Override
  public void onBroken(Broken broken) {
    broken(broken.what());
  }

  private void broken(String what) {
    session.report(asked, what);
    session.fail(asked, FUNCTION_BROKEN, "the function " + what);
    session.restart("the function broke the protocol");
  }

  @Override
  public void onStreamLost(Status status) {
    session.fail(
        asked,
        INDETERMINATE,
        "the function was lost (" + Commands.describe(status) + "); the outcome is unknown");
    session.restart(Commands.describe(status));
  }

  @Override
  public void onRecovered() {
    throw new IllegalStateException("recovered twice");
  }

  @Override
  public void onRecoveryFailed(Throwable cause) {
    throw new IllegalStateException("recovered, and then not", cause);
  }

  @Override
  public void onCheck() {
    session.endOverdue();
    Duration left = session.answerTimeout().minus(session.since(askedAtNanos));
    if (!left.isZero() && !left.isNegative()) {
      session.checkWithin(left.toNanos());
      long untilDeadline = asked.command().deadline().timeRemaining(TimeUnit.NANOSECONDS);
      if (untilDeadline > 0) {
        session.checkWithin(untilDeadline);
      } else {
        // Its client is told in time; the function may still end what it has begun.
        session.fail(asked, TIMED_OUT, holdUp() + "; the outcome is unknown");
      }
      return;
    }
    String limit = session.answerTimeout().toMillis() + " ms";
    session.report(asked, "did not answer within " + limit);
    session.fail(
        asked,
        TIMED_OUT,
        "the function did not answer within " + limit + "; the outcome is unknown");
    session.restart("no answer within " + limit);
  }

  @Override
  public String holdUp() {
    return "the function has been at "
        + asked.command().method().name()
        + " for "
        + session.since(askedAtNanos).toMillis()
        + " ms";
  }

  @Override
  public void onPassivate() {
    session.leaveSoon();
  }

  @Override
  public void onStored() {}

  @Override
  public boolean mayLeave() {
    return false;
  }

  @Override
  public void onEnd(String reason) {
    session.fail(asked, INDETERMINATE, reason + "; the outcome is unknown");
  }
}
