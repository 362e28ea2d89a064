// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.metrics;

import akka.actor.ActorRef;
import io.holdfast.proxy.command.EntityId;
import io.holdfast.proxy.entity.actor.LiveEntities;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the entities of one type that are in memory. Each has to enter once before it leaves, and
 * to leave once. Safe for use by many threads.
 */
public final class LiveMeters implements LiveEntities {

  private final AtomicInteger live = new AtomicInteger();
  private final Counter activations;
  private final Counter passivations;

  public LiveMeters(MeterRegistry registry, String entityType) {
    Tags tags = Tags.of("entity_type", entityType);
    Gauge.builder("holdfast.entities.live", live, AtomicInteger::get)
        .description("Entities in memory on this node")
        .tags(tags)
        .register(registry);
    activations =
        Counter.builder("holdfast.entity.activations")
            .description("Entities brought into memory")
            .tags(tags)
            .register(registry);
    passivations =
        Counter.builder("holdfast.entity.passivations")
            .description("Entities that left memory, for whatever reason")
            .tags(tags)
            .register(registry);
  }

  @Override
  public void entered(EntityId entity, ActorRef actor) {
    live.incrementAndGet();
    activations.increment();
  }

  @Override
  public boolean left(EntityId entity, ActorRef actor) {
    live.decrementAndGet();
    passivations.increment();
    return true;
  }
}
