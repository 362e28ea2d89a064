// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.entity;

import io.grpc.Status;
import io.holdfast.proxy.entity.SessionMessage.Arrived;
import io.holdfast.proxy.entity.SessionMessage.Deliver;

/** A state of a {@link Session}: its answer to every message. */
interface SessionState {

  void onDeliver(Deliver message);

  /** What a command had come without is here, or does not come. */
  void onArrived(Arrived message);

  void onAnswered(Answer answer);

  void onStreamLost(Status status);

  void onRecovered();

  void onRecoveryFailed(Throwable cause);

  /** Somebody may have waited for too long by now. */
  void onCheck();

  void onPassivate();

  /** The oldest change that was waiting for the store is durable; its client has been answered. */
  void onStored();

  /** What commands wait for that the function is not asked yet; completes a sentence. */
  String holdUp();

  /** Whether the entity may leave memory from here, as far as the function is concerned. */
  boolean mayLeave();

  /** The entity ends here and now. Answers whoever this state itself owes an answer. */
  void onEnd(String reason);
}
