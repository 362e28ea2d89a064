// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicBoolean;

/** What becomes of the function. Safe for use by many threads. */
public final class FunctionMeters {

  private final AtomicBoolean served = new AtomicBoolean();
  private final Counter accepted;
  private final Counter refused;
  private final Counter losses;
  private final Counter reports;

  public FunctionMeters(MeterRegistry registry) {
    Gauge.builder("holdfast.function.served", served, state -> state.get() ? 1 : 0)
        .description("1 while a function is connected and served, else 0")
        .register(registry);
    accepted = discoveries(registry, "accepted");
    refused = discoveries(registry, "refused");
    losses =
        Counter.builder("holdfast.function.losses")
            .description("Connections lost to a function that was served")
            .register(registry);
    reports =
        Counter.builder("holdfast.function.reports")
            .description("Mistakes of the function that it was told of")
            .register(registry);
  }

  private static Counter discoveries(MeterRegistry registry, String outcome) {
    return Counter.builder("holdfast.function.discoveries")
        .description("Functions that said what they serve, and whether they can be served")
        .tag("outcome", outcome)
        .register(registry);
  }

  public void discovered() {
    served.set(true);
    accepted.increment();
  }

  public void refused() {
    served.set(false);
    refused.increment();
  }

  public void lost() {
    served.set(false);
    losses.increment();
  }

  public void reported() {
    reports.increment();
  }
}
