// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.metrics;

import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The calls of one method that clients make. Safe for use by many threads. */
public final class MethodMeters {

  private final MeterRegistry registry;
  private final Tags tags;
  private final Timer duration;

  // Most codes never occur: each is registered when it does.
  private final AtomicReferenceArray<Counter> byCode =
      new AtomicReferenceArray<>(Status.Code.values().length);

  MethodMeters(MeterRegistry registry, String entityType, String method) {
    this.registry = registry;
    this.tags = Tags.of("entity_type", entityType, "method", method);
    this.duration =
        Timer.builder("holdfast.command")
            .description("Time from a call's headers to its answer, calls with one answer only")
            .tags(tags)
            .serviceLevelObjectives(Buckets.latency())
            .register(registry);
    counter(Status.Code.OK);
  }

  /** A call with one answer has ended. */
  public void answered(Status.Code code, long nanos) {
    duration.record(nanos, TimeUnit.NANOSECONDS);
    ended(code);
  }

  /** A call has ended whose duration says nothing: a stream, or one that was refused. */
  public void ended(Status.Code code) {
    Counter counter = byCode.get(code.value());
    (counter == null ? counter(code) : counter).increment();
  }

  private Counter counter(Status.Code code) {
    Counter counter =
        Counter.builder("holdfast.commands")
            .description("Calls that have ended, by the gRPC status that the client got")
            .tags(tags)
            .tag("code", code.name())
            .register(registry);
    byCode.set(code.value(), counter);
    return counter;
  }
}
