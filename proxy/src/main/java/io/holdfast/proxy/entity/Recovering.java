// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity;

import static io.holdfast.proxy.command.Failure.Code.FUNCTION_BROKEN;
import static io.holdfast.proxy.command.Failure.Code.UNAVAILABLE;

import io.grpc.Status;
import io.holdfast.proxy.entity.Answer.Broken;
import io.holdfast.proxy.entity.Answer.GaveUp;
import io.holdfast.proxy.entity.Answer.Replied;
import io.holdfast.proxy.entity.Answer.SnapshotRefused;
import io.holdfast.proxy.entity.SessionMessage.Arrived;
import io.holdfast.proxy.entity.SessionMessage.Deliver;

/** The function is being sent what rebuilds the state. It has nothing to say yet. */
final class Recovering implements SessionState, Answer.Visitor {

  private final Session session;
  private final long sinceNanos;

  Recovering(Session session, long sinceNanos) {
    this.session = session;
    this.sinceNanos = sinceNanos;
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
    broken("answered command " + replied.commandId() + " before it was asked anything");
  }

  @Override
  public void onGaveUp(GaveUp gaveUp) {
    broken("gave up while it recovered: " + gaveUp.failure().getDescription());
  }

  @Override
  public void onSnapshotRefused(SnapshotRefused refused) {
    if (!session.recoverWithoutSnapshot(refused.why(), null)) {
      broken("refused a snapshot that it was not sent");
    }
  }

  @Override
  public void onBroken(Broken broken) {
    broken(broken.what());
  }

  // Commands that wait fail too: a function that breaks on every recovery would never end
  // otherwise.
  private void broken(String what) {
    session.report(null, what);
    session.giveUpRecovery(FUNCTION_BROKEN, "the function " + what);
  }

  @Override
  public void onStreamLost(Status status) {
    session.streamLostWhileWaiting(Commands.describe(status));
  }

  @Override
  public void onRecovered() {
    session.next();
  }

  @Override
  public void onRecoveryFailed(Throwable cause) {
    session.logFailedRecovery(cause);
    session.giveUpRecovery(UNAVAILABLE, "the entity could not be recovered; nothing happened");
  }

  @Override
  public void onCheck() {
    session.endOverdue();
  }

  @Override
  public String holdUp() {
    return "the entity is being brought in from the store, for "
        + session.since(sinceNanos).toMillis()
        + " ms";
  }

  @Override
  public void onPassivate() {
    session.leaveSoon();
  }

  @Override
  public void onStored() {
    throw new IllegalStateException("nothing was left to store");
  }

  @Override
  public boolean mayLeave() {
    return false;
  }

  @Override
  public void onEnd(String reason) {
    // Not completed: a replay may be sending on it at this moment.
    session.cancelStream(reason);
  }
}
