// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.routing;

import akka.actor.ActorRef;
import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.entity.actor.LiveEntities;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The live entities of one type on this node, so that most commands reach theirs in one step. Now
 * and then one goes through the shard, which counts as live only what it sees in use: it passivates
 * the others.
 */
final class NearEntities implements LiveEntities {

  private static final Duration SHOWN_EVERY_MAX = Duration.ofSeconds(1);

  private final ConcurrentHashMap<String, Near> entities = new ConcurrentHashMap<>();
  private final long shownEveryNanos;
  private final LongSupplier nanoTime;

  private static final class Near {
    private final ActorRef actor;
    private volatile long shownAtNanos;

    Near(ActorRef actor, long shownAtNanos) {
      this.actor = actor;
      this.shownAtNanos = shownAtNanos;
    }
  }

  /**
   * @param passivateAfter how long the shard lets an entity live that it does not see in use
   */
  NearEntities(Duration passivateAfter, LongSupplier nanoTime) {
    Duration quarter = passivateAfter.dividedBy(4);
    this.shownEveryNanos =
        (quarter.compareTo(SHOWN_EVERY_MAX) < 0 ? quarter : SHOWN_EVERY_MAX).toNanos();
    this.nanoTime = nanoTime;
  }

  /** The entity's actor, or null when the next command has to go through the shard. */
  @Nullable ActorRef find(EntityId entity) {
    Near near = entities.get(entity.key());
    if (near == null) {
      return null;
    }
    long now = nanoTime.getAsLong();
    if (now - near.shownAtNanos >= shownEveryNanos) {
      near.shownAtNanos = now;
      return null;
    }
    return near.actor;
  }

  /** Calls {@code visitor} with the key and the actor of each. */
  void each(BiConsumer<String, ActorRef> visitor) {
    entities.forEach((key, near) -> visitor.accept(key, near.actor));
  }

  @Override
  public void entered(EntityId entity, ActorRef actor) {
    entities.put(entity.key(), new Near(actor, nanoTime.getAsLong()));
  }

  @Override
  public boolean left(EntityId entity, ActorRef actor) {
    Near near = entities.get(entity.key());
    return near != null && near.actor.equals(actor) && entities.remove(entity.key(), near);
  }
}
