// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity;

import io.grpc.Status;
import io.holdfast.proxy.entity.SessionMessage.Arrived;
import io.holdfast.proxy.entity.SessionMessage.Deliver;

/**
 * The stream is gone, and changes are still on their way to the store. A recovery that began now
 * would miss them.
 */
final class Settling implements SessionState {

  private final Session session;
  private final boolean reactivate;

  /**
   * @param reactivate whether to recover then although no command waits
   */
  Settling(Session session, boolean reactivate) {
    this.session = session;
    this.reactivate = reactivate;
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
    return session.storeHoldUp();
  }

  @Override
  public void onPassivate() {
    session.leaveSoon();
  }

  @Override
  public void onStored() {
    session.settled(reactivate);
  }

  @Override
  public boolean mayLeave() {
    return false;
  }

  @Override
  public void onEnd(String reason) {}
}
