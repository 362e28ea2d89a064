// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

import akka.actor.ActorRef;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyTo;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stands in for a client of another node. Whether that one still waits is not known here. */
final class RemoteReplyTo implements ReplyTo {

  private final ActorRef receiver;
  private final long correlation;
  private final AtomicBoolean completed = new AtomicBoolean();

  RemoteReplyTo(ActorRef receiver, long correlation) {
    this.receiver = receiver;
    this.correlation = correlation;
  }

  ActorRef receiver() {
    return receiver;
  }

  long correlation() {
    return correlation;
  }

  @Override
  public void complete(Outcome outcome) {
    if (completed.compareAndSet(false, true)) {
      receiver.tell(new RemoteOutcome(correlation, outcome), ActorRef.noSender());
    }
  }

  /** Nobody here has taken the command in: says so to the node where it came in. */
  void sendBack() {
    if (completed.compareAndSet(false, true)) {
      receiver.tell(new RemoteReturn(correlation), ActorRef.noSender());
    }
  }

  /** The command went on to another node: says so to the one where it came in. */
  void passedOnTo(String node) {
    receiver.tell(new RemotePassedOn(correlation, node), ActorRef.noSender());
  }

  @Override
  public boolean abandoned() {
    return false;
  }
}
