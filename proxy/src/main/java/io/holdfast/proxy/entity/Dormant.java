// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity;

import io.grpc.Status;
import io.holdfast.proxy.entity.SessionMessage.Arrived;
import io.holdfast.proxy.entity.SessionMessage.Deliver;

/** No stream is open. The next command opens one. */
final class Dormant implements SessionState {

  private final Session session;

  Dormant(Session session) {
    this.session = session;
  }

  @Override
  public void onDeliver(Deliver message) {
    session.enqueue(message);
    session.activate();
  }

  @Override
  public void onArrived(Arrived message) {
    session.arrived(message);
  }

  @Override
  public void onAnswered(Answer answer) {
    throw new IllegalStateException("an answer without a stream");
  }

  @Override
  public void onStreamLost(Status status) {
    throw new IllegalStateException("no stream to lose");
  }

  @Override
  public void onRecovered() {
    throw new IllegalStateException("nothing recovers");
  }

  @Override
  public void onRecoveryFailed(Throwable cause) {
    throw new IllegalStateException("nothing recovers", cause);
  }

  @Override
  public void onCheck() {
    session.endOverdue();
  }

  @Override
  public String holdUp() {
    return "the entity is not in memory";
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
    return true;
  }

  @Override
  public void onEnd(String reason) {}
}
