// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

import io.holdfast.proxy.cluster.ClusterNode;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.entity.SessionMessage.Deliver;
import org.jspecify.annotations.Nullable;

/**
 * One sending of a {@link Trip}'s command. It knows how far the command has come, and so what may
 * be said when its time is up or the node that it went to is lost.
 *
 * <pre>
 *   Looking ──sent to another node──► Away(node) ──passed on──► Away(node)
 *      ├──taken in by its entity here──► Arrived
 *      └──nobody took it in, or nobody knows where it is──► Overtaken
 * </pre>
 *
 * <p>Whatever becomes of an overtaken one, it is not carried out: another attempt has its place.
 */
final class Attempt implements ReplyTo {

  private final Trip trip;
  private volatile Whereabouts whereabouts = Looking.LOOKING;

  /** How far a command has come. */
  sealed interface Whereabouts {}

  /** No function has seen it: it waits for its shard, or for its turn on the wire. */
  enum Looking implements Whereabouts {
    LOOKING
  }

  /**
   * It has been sent to that node, or is about to be. What became of it there is not known here.
   *
   * @param node as {@link ClusterNode#name} has it; empty when not known
   */
  record Away(String node) implements Whereabouts {
    static final Away SOMEWHERE = new Away("");
  }

  /** An entity on this node has it, and answers also when its time is up. */
  enum Arrived implements Whereabouts {
    ARRIVED
  }

  /** Another attempt has taken its place. */
  enum Overtaken implements Whereabouts {
    OVERTAKEN
  }

  Attempt(Trip trip) {
    this.trip = trip;
  }

  Trip trip() {
    return trip;
  }

  Whereabouts whereabouts() {
    return whereabouts;
  }

  Deliver deliver() {
    return Deliver.byShard(trip.command(), this);
  }

  /**
   * What stands in for whoever waits, on the node that the command is sent to; null when the
   * command must not be carried out any more.
   */
  @Nullable RemoteReplyTo leaving() {
    return endsLooking(Away.SOMEWHERE)
        ? new RemoteReplyTo(trip.receiver(), trip.number(), trip.largeOutcomes(), null)
        : null;
  }

  /** Where it is, of one that has left. */
  synchronized void sentTo(String node) {
    if (whereabouts instanceof Away) {
      whereabouts = new Away(node);
    }
  }

  /** Gives it up if it is still looking: nobody can take it in from now on. */
  boolean overtakeIfLooking() {
    return endsLooking(Overtaken.OVERTAKEN);
  }

  /** Gives it up: whoever had it has said that the function was not asked. */
  synchronized void overtake() {
    whereabouts = Overtaken.OVERTAKEN;
  }

  @Override
  public boolean reached() {
    return endsLooking(Arrived.ARRIVED);
  }

  /** Whether it was still looking, and is where {@code next} says from now on. */
  private synchronized boolean endsLooking(Whereabouts next) {
    boolean looking = whereabouts instanceof Looking;
    if (looking) {
      whereabouts = next;
    }
    return looking;
  }

  @Override
  public void complete(Outcome outcome) {
    trip.complete(outcome);
  }

  @Override
  public boolean abandoned() {
    return trip.abandoned();
  }

  @Override
  public void whenAbandoned(Runnable action) {
    trip.whenAbandoned(action);
  }
}
