// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

import io.holdfast.proxy.cluster.ClusterNode;
import io.holdfast.proxy.command.Command;
import io.holdfast.proxy.command.Outcome;
import io.holdfast.proxy.command.ReplyTo;
import io.holdfast.proxy.entity.SessionMessage.Deliver;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One command of this node on its way through the shards, standing in for whoever waits for its
 * outcome. It knows how far the command has come, and so what may be said when its time is up or
 * the node that it went to is lost.
 *
 * <pre>
 *   Looking ──sent to another node──► Away(node) ──passed on──► Away(node)
 *      ▲  └──taken in by its entity here──► Arrived
 *      └──── nobody took it in ──── any
 * </pre>
 */
final class Trip implements ReplyTo {

  private final long number;
  private final Command command;
  private final ReplyTo client;
  private final Trips trips;
  private final long startedAtNanos;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile Whereabouts whereabouts = Looking.LOOKING;
  private final AtomicInteger returns = new AtomicInteger();

  /** How far a command has come. */
  sealed interface Whereabouts {}

  /** No function has seen it: it waits for its shard, or for another attempt. */
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

  Whereabouts whereabouts() {
    return whereabouts;
  }

  Deliver deliver() {
    return Deliver.byShard(command, this);
  }

  /** What stands in for whoever waits, on the node that the command is sent to. */
  RemoteReplyTo leaving() {
    whereabouts = Away.SOMEWHERE;
    return new RemoteReplyTo(trips.receiver(), number);
  }

  void sentTo(String node) {
    whereabouts = new Away(node);
  }

  /** Nobody has taken it in, for certain; it may be sent again. How often that was so. */
  int returned() {
    whereabouts = Looking.LOOKING;
    return returns.incrementAndGet();
  }

  @Override
  public void reached() {
    whereabouts = Arrived.ARRIVED;
  }

  @Override
  public void complete(Outcome outcome) {
    if (ended.compareAndSet(false, true)) {
      trips.ended(this);
      client.complete(outcome);
    }
  }

  @Override
  public boolean abandoned() {
    return ended.get() || client.abandoned();
  }

  @Override
  public void whenAbandoned(Runnable action) {
    client.whenAbandoned(action);
  }
}
