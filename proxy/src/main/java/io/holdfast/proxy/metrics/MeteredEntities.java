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

  private final EntityMeters meters;
  private final LongSupplier nanoTime;

  public MeteredEntities(MeterRegistry registry, String entityType, LongSupplier nanoTime) {
    this.meters = new EntityMeters(registry, entityType);
    this.nanoTime = nanoTime;
  }

  /** The same, counting who comes and goes. */
  public LiveEntities around(LiveEntities live) {
    return new LiveEntities() {
      @Override
      public void entered(EntityId entity, ActorRef actor) {
        live.entered(entity, actor);
        meters.entered();
      }

      @Override
      public boolean left(EntityId entity, ActorRef actor) {
        boolean first = live.left(entity, actor);
        if (first) {
          meters.left();
        }
        return first;
      }
    };
  }

  /** The same, measuring what is stored. */
  public KeeperFactory around(KeeperFactory keepers) {
    return (entity, common, host) ->
        new MeteredKeeper(meters, nanoTime, host, own -> keepers.keeper(entity, common, own));
  }
}
