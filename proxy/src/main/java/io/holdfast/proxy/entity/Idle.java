// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity;

import io.grpc.Status;
import io.holdfast.proxy.entity.Answer.Broken;
import io.holdfast.proxy.entity.Answer.GaveUp;
import io.holdfast.proxy.entity.Answer.Replied;
import io.holdfast.proxy.entity.Answer.SnapshotRefused;
import io.holdfast.proxy.entity.SessionMessage.Arrived;
import io.holdfast.proxy.entity.SessionMessage.Deliver;

/** The function owes no answer. The store may still be writing. */
final class Idle implements SessionState, Answer.Visitor {

  private final Session session;

  Idle(Session session) {
    this.session = session;
  }

  @Override
  public void onDeliver(Deliver message) {
    session.enqueue(message);
    session.next();
  }

  @Override
  public void onArrived(Arrived message) {
    session.arrived(message);
    session.next();
  }

  @Override
  public void onAnswered(Answer answer) {
    answer.visit(this);
  }

  @Override
  public void onReplied(Replied replied) {
    broken("answered command " + replied.commandId() + " while none was outstanding");
  }

  @Override
  public void onGaveUp(GaveUp gaveUp) {
    session.report(null, "gave up: " + gaveUp.failure().getDescription());
    session.close();
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

  private void broken(String what) {
    session.report(null, what);
    session.restart("the function broke the protocol");
  }

  @Override
  public void onStreamLost(Status status) {
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
  }

  @Override
  public String holdUp() {
    return session.idleHoldUp();
  }

  @Override
  public void onPassivate() {
    session.leaveSoon();
  }

  @Override
  public void onStored() {
    // The store may have been what held a waiting command back.
    session.next();
  }

  @Override
  public boolean mayLeave() {
    return true;
  }

  @Override
  public void onEnd(String reason) {}
}
