// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.metrics;

import akka.actor.ActorRef;
import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.entity.actor.KeeperFactory;
import io.holdfast.proxy.entity.actor.LiveEntities;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;

/** Measures the entities of one type from around them: they do not know of it. */
public final class MeteredEntities {

  private final LiveMeters living;
  private final StoreMeters stored;
  private final LongSupplier nanoTime;

  public MeteredEntities(MeterRegistry registry, String entityType, LongSupplier nanoTime) {
    this.living = new LiveMeters(registry, entityType);
    this.stored = new StoreMeters(registry, entityType);
    this.nanoTime = nanoTime;
  }

  /** The same, counting who comes and goes. */
  public LiveEntities around(LiveEntities live) {
    return new LiveEntities() {
      @Override
      public void entered(EntityId entity, ActorRef actor) {
        live.entered(entity, actor);
        living.entered(entity, actor);
      }

      @Override
      public boolean left(EntityId entity, ActorRef actor) {
        return live.left(entity, actor) && living.left(entity, actor);
      }
    };
  }

  /** The same, measuring what is stored. */
  public KeeperFactory around(KeeperFactory keepers) {
    return (entity, common, host) ->
        new MeteredKeeper(stored, nanoTime, host, own -> keepers.keeper(entity, common, own));
  }
}
