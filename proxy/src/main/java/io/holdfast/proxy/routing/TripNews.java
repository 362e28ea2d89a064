// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

import akka.actor.AbstractActorWithTimers;
import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.actor.AllDeadLetters;
import akka.actor.Props;
import akka.actor.UnhandledMessage;
import akka.cluster.Cluster;
import akka.cluster.ClusterEvent;
import akka.cluster.ClusterEvent.MemberRemoved;
import akka.cluster.MemberStatus;
import io.holdfast.proxy.cluster.ClusterNode;
import io.holdfast.proxy.entity.SessionMessage.Deliver;
import java.time.Duration;

/** Brings the {@link Trips} of a node what they have to know. */
final class TripNews extends AbstractActorWithTimers {

  private static final Duration SWEEP_EVERY = Duration.ofMillis(20);

  private enum Sweep {
    SWEEP
  }

  private final Trips trips;
  private final Cluster cluster = Cluster.get(getContext().getSystem());

  private TripNews(Trips trips) {
    this.trips = trips;
  }

  /** Once this returns, it hears of each command that reaches nobody. */
  static ActorRef start(ActorSystem system, Trips trips) {
    ActorRef news = system.actorOf(Props.create(TripNews.class, () -> new TripNews(trips)));
    system.eventStream().subscribe(news, AllDeadLetters.class);
    // A shard that is being handed over handles nothing any more.
    system.eventStream().subscribe(news, UnhandledMessage.class);
    return news;
  }

  @Override
  public void preStart() {
    cluster.subscribe(self(), ClusterEvent.initialStateAsEvents(), MemberRemoved.class);
    getTimers().startTimerWithFixedDelay(Sweep.SWEEP, Sweep.SWEEP, SWEEP_EVERY);
  }

  @Override
  public void postStop() {
    cluster.unsubscribe(self());
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(RemoteOutcome.class, trips::outcome)
        .match(RemoteHeldOutcome.class, trips::outcomeHeld)
        .match(RemotePassedOn.class, trips::passedOn)
        .match(RemoteReturn.class, trips::returned)
        .match(AllDeadLetters.class, letter -> undelivered(letter.message()))
        .match(UnhandledMessage.class, unhandled -> undelivered(unhandled.getMessage()))
        .match(
            MemberRemoved.class,
            // One that left in good order has answered, or sent back, all that it had.
            removed -> removed.previousStatus().equals(MemberStatus.down()),
            removed -> trips.lost(ClusterNode.name(removed.member().address())))
        .match(Sweep.class, sweep -> trips.sweep())
        .build();
  }

  private void undelivered(Object message) {
    if (message instanceof Deliver deliver) {
      trips.undelivered(deliver);
    } else if (message instanceof AllDeadLetters inner) {
      // What a region drops when its shard is handed over comes with the reason around it.
      undelivered(inner.message());
    }
  }
}
