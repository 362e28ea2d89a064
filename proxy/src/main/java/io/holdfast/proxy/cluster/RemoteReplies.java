// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.cluster;

import akka.actor.AbstractActor;
import akka.actor.AbstractExtensionId;
import akka.actor.ActorRef;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import akka.actor.Props;
import io.grpc.Deadline;
import io.holdfast.proxy.command.ReplyTo;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Those who wait on this node for the outcome of a command that went to another. A command learns
 * only when it is serialised that it leaves the node; until then its {@link ReplyTo} is the
 * caller's own.
 */
final class RemoteReplies implements Extension {

  /** Waiting past the deadline, so that an outcome which is under way is not thrown away. */
  private static final long GRACE_SECONDS = 5;

  static final class Id extends AbstractExtensionId<RemoteReplies> {
    @Override
    public RemoteReplies createExtension(ExtendedActorSystem system) {
      return new RemoteReplies(system);
    }
  }

  private static final Id ID = new Id();

  static RemoteReplies get(akka.actor.ActorSystem system) {
    return ID.get(system);
  }

  private final ConcurrentMap<Long, ReplyTo> waiting = new ConcurrentHashMap<>();
  private final AtomicLong correlations = new AtomicLong();
  private final ExtendedActorSystem system;
  private final ActorRef receiver;

  private RemoteReplies(ExtendedActorSystem system) {
    this.system = system;
    this.receiver =
        system.systemActorOf(
            Props.create(Receiver.class, () -> new Receiver(this)), "holdfastReplies");
  }

  /** The actor to which outcomes are to be sent. */
  ActorRef receiver() {
    return receiver;
  }

  /** Remembers who waits, until the outcome comes or the deadline has passed. */
  long expect(ReplyTo replyTo, Deadline deadline) {
    long correlation = correlations.incrementAndGet();
    waiting.put(correlation, replyTo);
    long nanos = Math.max(0, deadline.timeRemaining(TimeUnit.NANOSECONDS));
    system
        .scheduler()
        .scheduleOnce(
            java.time.Duration.ofNanos(nanos).plusSeconds(GRACE_SECONDS),
            () -> waiting.remove(correlation),
            system.dispatcher());
    return correlation;
  }

  private void complete(RemoteOutcome outcome) {
    ReplyTo replyTo = waiting.remove(outcome.correlation());
    if (replyTo != null) {
      replyTo.complete(outcome.outcome());
    }
  }

  private static final class Receiver extends AbstractActor {
    private final RemoteReplies replies;

    Receiver(RemoteReplies replies) {
      this.replies = replies;
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder().match(RemoteOutcome.class, replies::complete).build();
    }
  }
}
