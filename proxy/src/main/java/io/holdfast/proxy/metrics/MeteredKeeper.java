// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.metrics;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import io.holdfast.proxy.entity.CommandStream;
import io.holdfast.proxy.entity.EntityKeeper;
import io.holdfast.proxy.entity.SessionMessage.Deliver;
import io.holdfast.proxy.entity.StateChange;
import io.holdfast.proxy.entity.actor.KeeperHost;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Stands between an entity's actor and its keeper, and measures how long each change takes to be
 * durable. Belongs to the actor's thread, as both of them do.
 */
final class MeteredKeeper implements EntityKeeper, KeeperHost {

  // It waits in line only so that its command is answered after those before it.
  private static final long NOTHING_TO_STORE = Long.MIN_VALUE;

  private final StoreMeters meters;
  private final LongSupplier nanoTime;
  private final KeeperHost host;
  private final EntityKeeper keeper;

  // When each change was handed over that is not stored yet, oldest first: a ring whose size is a
  // power of two. Most entities never have more than a few.
  private long[] since = new long[4];
  private int oldest;
  private int waiting;

  /**
   * @param keeper makes the keeper, given the host that it is to have
   */
  MeteredKeeper(
      StoreMeters meters,
      LongSupplier nanoTime,
      KeeperHost host,
      Function<KeeperHost, EntityKeeper> keeper) {
    this.meters = meters;
    this.nanoTime = nanoTime;
    this.host = host;
    this.keeper = keeper.apply(this);
  }

  @Override
  public CommandStream open(long number) {
    return keeper.open(number);
  }

  @Override
  public void store(StateChange change, Deliver cause) {
    if (waiting == since.length) {
      grow();
    }
    since[(oldest + waiting++) & (since.length - 1)] =
        change.isEmpty() ? NOTHING_TO_STORE : nanoTime.getAsLong();
    keeper.store(change, cause);
  }

  private void grow() {
    long[] larger = Arrays.copyOf(since, since.length * 2);
    // What had wrapped round goes behind the rest.
    System.arraycopy(since, 0, larger, since.length, oldest);
    since = larger;
  }

  @Override
  public void stored() {
    long from = since[oldest];
    oldest = (oldest + 1) & (since.length - 1);
    waiting--;
    if (from != NOTHING_TO_STORE) {
      meters.stored(nanoTime.getAsLong() - from);
    }
    host.stored();
  }

  @Override
  public void storeFailed(Throwable cause) {
    meters.storeFailed();
    host.storeFailed(cause);
  }

  @Override
  public Optional<String> tooLarge(StateChange change) {
    return keeper.tooLarge(change);
  }

  @Override
  public boolean passOverSnapshot() {
    return keeper.passOverSnapshot();
  }

  @Override
  public boolean receive(Object message) {
    return keeper.receive(message);
  }

  @Override
  public ActorSystem system() {
    return host.system();
  }

  @Override
  public ActorRef self() {
    return host.self();
  }
}
