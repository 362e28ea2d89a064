// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

import akka.actor.ActorRef;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.routing.transfer.RemoteContent;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Stands in for a client of another node. Whether that one still waits is not known here. */
final class RemoteReplyTo implements ReplyTo {

  private final ActorRef receiver;
  private final long correlation;
  private final LargeOutcomes large;
  private final @Nullable RemoteContent content;
  private final AtomicBoolean completed = new AtomicBoolean();

  /**
   * @param large what becomes of outcomes that are too large for a message
   * @param content payload and metadata, of a command that has come without them
   */
  RemoteReplyTo(
      ActorRef receiver, long correlation, LargeOutcomes large, @Nullable RemoteContent content) {
    this.receiver = receiver;
    this.correlation = correlation;
    this.large = large;
    this.content = content;
  }

  ActorRef receiver() {
    return receiver;
  }

  long correlation() {
    return correlation;
  }

  /** Whether who waits there fetches what is too large for a message. */
  boolean fetches() {
    return large.fetched();
  }

  @Nullable RemoteContent content() {
    return content;
  }

  @Override
  public void complete(Outcome outcome) {
    if (completed.compareAndSet(false, true)) {
      release();
      Object answer =
          LargeOutcomes.fits(outcome)
              ? new RemoteOutcome(correlation, outcome)
              : large.answer(receiver, correlation, outcome);
      receiver.tell(answer, ActorRef.noSender());
    }
  }

  /** Nobody here has taken the command in: says so to the node where it came in. */
  void sendBack() {
    if (completed.compareAndSet(false, true)) {
      release();
      receiver.tell(new RemoteReturn(correlation), ActorRef.noSender());
    }
  }

  @Override
  public void asked() {
    release();
  }

  private void release() {
    RemoteContent brought = content;
    if (brought != null) {
      brought.release();
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
