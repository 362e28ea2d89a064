// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.function.Supplier;

/** What the clients' port is asked for. Safe for use by many threads. */
public final class CallMeters {

  private final MeterRegistry registry;
  private final Counter overloaded;
  private final Counter shuttingDown;

  public CallMeters(MeterRegistry registry) {
    this.registry = registry;
    this.overloaded = refused("overloaded");
    this.shuttingDown = refused("shutting_down");
  }

  /** Ones that nobody reads. */
  public static CallMeters unread() {
    return new CallMeters(new CompositeMeterRegistry());
  }

  private Counter refused(String reason) {
    return Counter.builder("holdfast.calls.refused")
        .description("Calls turned away because too many were under way, or the proxy shuts down")
        .tag("reason", reason)
        .register(registry);
  }

  /** The meters of one method; the same ones when a function serves it again. */
  public MethodMeters method(String entityType, String fullName) {
    return new MethodMeters(registry, entityType, fullName);
  }

  /** From now on {@code calls} tells how many are under way. Called once. */
  public void watch(Supplier<Number> calls) {
    Gauge.builder("holdfast.calls.active", calls)
        .description("Calls under way, streams included")
        .register(registry);
  }

  /** A call found no permit. */
  public void refused(boolean shutDown) {
    (shutDown ? shuttingDown : overloaded).increment();
  }
}
