// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import io.holdfast.proxy.cluster.standing.HeldCommands;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.Failure;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.entity.SessionMessage.Deliver;
import io.holdfast.proxy.routing.transfer.Fetch;
import io.holdfast.proxy.routing.transfer.Transfers;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The commands of this node that are on their way through the shards. Each ends: with the outcome
 * that its entity gives it; when it could not be delivered, again and again; when its time is up;
 * when the node that it went to is lost. Safe for use by many threads.
 */
final class Trips {

  /** How long a node that has the command may take to say, past the deadline, how it ended. */
  private static final Duration ANSWER_ON_ITS_WAY = Duration.ofMillis(30);

  /** Past the deadline, nothing is heard any more of what an entity of this node has. */
  private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(5);

  static final int RETURNS_MAX = 50;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  private final ConcurrentMap<Long, Trip> underWay = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();
  private final ActorSystem system;
  private final Consumer<Deliver> byShard;
  private final Obstacles obstacles;
  private final LongSupplier nanoTime;
  private final LargeOutcomes largeOutcomes;
  private final ActorRef receiver;
  private volatile boolean ended;

  /**
   * @param byShard sends a command on its way, through its shard
   * @param obstacles says why a command finds no way
   */
  Trips(ActorSystem system, Consumer<Deliver> byShard, Obstacles obstacles, LongSupplier nanoTime) {
    this.system = system;
    this.byShard = byShard;
    this.obstacles = obstacles;
    this.nanoTime = nanoTime;
    this.largeOutcomes = LargeOutcomes.fetched(() -> Transfers.of(system));
    this.receiver = TripNews.start(system, this);
  }

  /** Where other nodes send what they have to say about commands of this one. */
  ActorRef receiver() {
    return receiver;
  }

  LargeOutcomes largeOutcomes() {
    return largeOutcomes;
  }

  /** Sends a command on its way. */
  void begin(Command command, ReplyTo client) {
    long number = numbers.incrementAndGet();
    var trip = new Trip(number, command, client, this, nanoTime.getAsLong());
    underWay.put(number, trip);
    byShard.accept(trip.attempt().deliver());
    if (ended) {
      nodeEnds(trip);
    }
  }

  void ended(Trip trip) {
    underWay.remove(trip.number());
  }

  /** How many there are. */
  int count() {
    return underWay.size();
  }

  /** Another node says how a command ended. */
  void outcome(RemoteOutcome news) {
    Trip trip = underWay.get(news.correlation());
    if (trip != null) {
      trip.complete(news.outcome());
    }
  }

  /** Another node says that a command has ended, and holds the outcome. */
  void outcomeHeld(RemoteHeldOutcome news) {
    Transfers transfers = Transfers.of(system);
    Trip trip = underWay.get(news.correlation());
    if (trip == null) {
      transfers.release(news.outcome());
      return;
    }
    Fetch fetch = transfers.fetch(news.outcome(), Fetch.Of.OUTCOME);
    trip.whenEnded(
        () -> {
          fetch.end();
          transfers.release(news.outcome());
        });
    var unused =
        fetch
            .arrived()
            .whenComplete(
                (content, failure) -> {
                  if (failure == null) {
                    trip.complete(LargeOutcomes.outcome(content));
                  } else {
                    fail(
                        trip,
                        Failure.Code.INDETERMINATE,
                        "it has ended, but how has not come here: "
                            + failure.getMessage()
                            + "; the outcome is unknown");
                  }
                });
  }

  /** Another node has passed a command on to a third. */
  void passedOn(RemotePassedOn news) {
    Trip trip = underWay.get(news.correlation());
    if (trip != null) {
      trip.attempt().sentTo(news.node());
    }
  }

  /** Another node had nobody who took the command in. */
  void returned(RemoteReturn news) {
    Trip trip = underWay.get(news.correlation());
    if (trip != null && trip.attempt().whereabouts() instanceof Attempt.Away) {
      trip.attempt().overtake();
      retry(trip);
    }
  }

  /** A message of this node's has reached nobody. */
  void undelivered(Deliver message) {
    if (message.direct()) {
      // It went straight to an entity that was about to leave memory. Whoever waits for it may be
      // on a trip already, of the command that was forwarded as this one.
      begin(message.command(), message.replyTo());
    } else if (message.replyTo() instanceof RemoteReplyTo remote) {
      remote.sendBack();
    } else if (message.replyTo() instanceof Attempt attempt) {
      Trip trip = attempt.trip();
      if (underWay.get(trip.number()) == trip && trip.attempt() == attempt) {
        attempt.overtake();
        retry(trip);
      }
    }
  }

  private void retry(Trip trip) {
    Attempt next = trip.nextAttempt();
    if (ended) {
      nodeEnds(trip);
      return;
    }
    int returns = trip.returns();
    if (returns > RETURNS_MAX) {
      fail(
          trip,
          Failure.Code.UNAVAILABLE,
          "no entity took it in, in " + RETURNS_MAX + " attempts; nothing happened");
      return;
    }
    system.scheduler().scheduleOnce(pause(returns), () -> make(next), system.dispatcher());
  }

  private static Duration pause(int returns) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(returns - 1, 10));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  private void make(Attempt attempt) {
    Trip trip = attempt.trip();
    // Its time may have been up meanwhile, or its client gone; or a node was lost.
    if (trip.abandoned()) {
      underWay.remove(trip.number());
    } else if (trip.attempt() == attempt) {
      byShard.accept(attempt.deliver());
    }
  }

  /**
   * A node was lost. What it had of our commands, it takes with it. Others may have been on their
   * way to it, not sent yet: nobody would ever say so. They are sent anew.
   */
  void lost(String node) {
    underWay.forEach(
        (number, trip) -> {
          if (trip.attempt().overtakeIfLooking()) {
            retry(trip);
          } else if (trip.attempt().whereabouts() instanceof Attempt.Away away
              && away.node().equals(node)) {
            fail(
                trip,
                Failure.Code.INDETERMINATE,
                "node " + node + " was lost, which had it; the outcome is unknown");
          }
        });
  }

  /**
   * This node ends. Nothing happened to what is still looking for its entity; other nodes may have
   * the entities of the rest.
   */
  void end() {
    ended = true;
    underWay.values().forEach(Trips::nodeEnds);
  }

  private static void nodeEnds(Trip trip) {
    if (trip.attempt().overtakeIfLooking()) {
      fail(trip, Failure.Code.UNAVAILABLE, HeldCommands.PUT_OUT + "; nothing happened");
    }
  }

  /** Ends those whose time is up. To be called now and then. */
  void sweep() {
    underWay.forEach(
        (number, trip) -> {
          long late = -trip.command().deadline().timeRemaining(TimeUnit.NANOSECONDS);
          if (late >= 0) {
            timeIsUp(trip, late);
          } else {
            endIfUnplaced(trip);
          }
        });
  }

  private void endIfUnplaced(Trip trip) {
    if (trip.attempt().whereabouts() instanceof Attempt.Looking) {
      obstacles
          .unplaced(trip.command())
          .filter(why -> trip.attempt().overtakeIfLooking())
          .ifPresent(why -> fail(trip, Failure.Code.UNAVAILABLE, why + "; nothing happened"));
    }
  }

  private void timeIsUp(Trip trip, long lateNanos) {
    if (trip.attempt().overtakeIfLooking()) {
      fail(trip, Failure.Code.EXPIRED, obstacles.why(trip.command(), waited(trip)));
    } else if (trip.attempt().whereabouts() instanceof Attempt.Away away) {
      if (lateNanos > ANSWER_ON_ITS_WAY.toNanos()) {
        fail(trip, Failure.Code.TIMED_OUT, obstacles.silence(away.node(), waited(trip)));
      }
    } else if (lateNanos > FORGOTTEN_AFTER.toNanos()) {
      underWay.remove(trip.number());
    }
  }

  private Duration waited(Trip trip) {
    return Duration.ofNanos(nanoTime.getAsLong() - trip.startedAtNanos());
  }

  private static void fail(Trip trip, Failure.Code code, String reason) {
    Command command = trip.command();
    trip.complete(
        Outcome.failed(code, command.entity() + " " + command.method().name() + ": " + reason));
  }
}
