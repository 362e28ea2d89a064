// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** What entities of one type on this node store. Safe for use by many threads. */
final class StoreMeters {

  private final Timer writes;
  private final Counter failedWrites;

  StoreMeters(MeterRegistry registry, String entityType) {
    Tags tags = Tags.of("entity_type", entityType);
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

  void stored(long nanos) {
    writes.record(nanos, TimeUnit.NANOSECONDS);
  }

  void storeFailed() {
    failedWrites.increment();
  }
}
