// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

import akka.actor.ActorRef;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.routing.transfer.Contents;
import io.holdfast.proxy.routing.transfer.Reference;
import io.holdfast.proxy.routing.transfer.Transfers;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One command of this node on its way through the shards, and whoever waits for its outcome. One
 * {@link Attempt} after the other is made to bring it to its entity, never two at a time.
 */
final class Trip {

  private final long number;
  private final Command command;
  private final ReplyTo client;
  private final Trips trips;
  private final long startedAtNanos;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final AtomicInteger returns = new AtomicInteger();
  private volatile Attempt attempt = new Attempt(this);
  private @Nullable Reference held;
  private @Nullable Runnable atEnd;

  Trip(long number, Command command, ReplyTo client, Trips trips, long startedAtNanos) {
    this.number = number;
    this.command = command;
    this.client = client;
    this.trips = trips;
    this.startedAtNanos = startedAtNanos;
  }

  /** By which other nodes name it when they answer. */
  long number() {
    return number;
  }

  Command command() {
    return command;
  }

  long startedAtNanos() {
    return startedAtNanos;
  }

  /** Where other nodes send what they have to say about it. */
  ActorRef receiver() {
    return trips.receiver();
  }

  LargeOutcomes largeOutcomes() {
    return trips.largeOutcomes();
  }

  /** Where other nodes fetch payload and metadata, as long as anybody waits. */
  synchronized Reference held(Transfers transfers) {
    Reference known = held;
    if (known == null) {
      known =
          transfers.hold(
              Contents.of(command.payload(), command.metadata()),
              () -> !abandoned() && !command.deadline().isExpired());
      held = known;
    }
    return known;
  }

  /** The one that is made now. */
  Attempt attempt() {
    return attempt;
  }

  /** Begins another attempt, in place of one that was overtaken. */
  Attempt nextAttempt() {
    returns.incrementAndGet();
    var next = new Attempt(this);
    attempt = next;
    return next;
  }

  /** How many attempts were overtaken. */
  int returns() {
    return returns.get();
  }

  void complete(Outcome outcome) {
    if (ended.compareAndSet(false, true)) {
      trips.ended(this);
      runAtEnd();
      client.complete(outcome);
    }
  }

  private void runAtEnd() {
    Runnable action;
    synchronized (this) {
      action = atEnd;
      atEnd = null;
    }
    if (action != null) {
      action.run();
    }
  }

  /** Has {@code action} called once the command has its outcome; at once when it has one. */
  void whenEnded(Runnable action) {
    synchronized (this) {
      if (!ended.get()) {
        atEnd = action;
        return;
      }
    }
    action.run();
  }

  boolean abandoned() {
    return ended.get() || client.abandoned();
  }

  void whenAbandoned(Runnable action) {
    client.whenAbandoned(action);
  }
}
