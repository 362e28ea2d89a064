// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The entities of one type on this node. Safe for use by many threads. */
final class EntityMeters {

  private final AtomicInteger live = new AtomicInteger();
  private final Counter activations;
  private final Counter passivations;
  private final Timer writes;
  private final Counter failedWrites;

  EntityMeters(MeterRegistry registry, String entityType) {
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
    writes =
        Timer.builder("holdfast.store.write")
            .description("Time from handing a command's events or value to the store until durable")
            .tags(tags)
            .serviceLevelObjectives(Buckets.latency())
            .register(registry);
    failedWrites =
        Counter.builder("holdfast.store.write.failures")
            .description("Writes that the store failed or refused; their entity recovers")
            .tags(tags)
            .register(registry);
  }

  void entered() {
    live.incrementAndGet();
    activations.increment();
  }

  void left() {
    live.decrementAndGet();
    passivations.increment();
  }

  void stored(long nanos) {
    writes.record(nanos, TimeUnit.NANOSECONDS);
  }

  void storeFailed() {
    failedWrites.increment();
  }
}
