// SPDX-License-Identifier: Apache-2.0
package io.holdfast.proxy.metrics;

import akka.actor.ActorSystem;
import io.holdfast.proxy.management.Page;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.logging.LogbackMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/** All meters of one proxy, and the page on which Prometheus finds them. */
public final class ProxyMetrics implements Page, AutoCloseable {

  /** Where they are shown. */
  public static final String PATH = "/metrics";

  // Of Prometheus' text format.
  private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final LogbackMetrics logLines = new LogbackMetrics();
  private final CallMeters calls = new CallMeters(registry);
  private final FunctionMeters function = new FunctionMeters(registry);
  private final ClusterMeters cluster;

  public ProxyMetrics(ActorSystem system) {
    cluster = new ClusterMeters(system, registry);
    List.of(
            collections,
            logLines,
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ClassLoaderMetrics(),
            new ProcessorMetrics(),
            new UptimeMetrics(),
            new FileDescriptorMetrics())
        .forEach(binder -> binder.bindTo(registry));
  }

  /** Where parts of the proxy put meters of their own. */
  public MeterRegistry registry() {
    return registry;
  }

  public CallMeters calls() {
    return calls;
  }

  public FunctionMeters function() {
    return function;
  }

  /** From now on {@code ready} tells whether nothing of that part keeps the node from calls. */
  public void watchReadiness(String part, BooleanSupplier ready) {
    Gauge.builder("holdfast.ready", () -> ready.getAsBoolean() ? 1 : 0)
        .description("1 while this part of the proxy is ready for calls, else 0")
        .tag("part", part)
        .register(registry);
  }

  /** Takes how many writes a store's commit holds, for a store that can tell. */
  public IntConsumer storeGroups() {
    DistributionSummary groups =
        DistributionSummary.builder("holdfast.store.group")
            .description("Writes that share one commit of the store")
            .baseUnit("writes")
            .serviceLevelObjectives(Buckets.groups())
            .register(registry);
    return groups::record;
  }

  @Override
  public CompletionStage<Shown> show() {
    return cluster.refresh().thenApply(nothing -> new Shown(200, CONTENT_TYPE, registry.scrape()));
  }

  /** Lets go of what it watches of the JVM. */
  @Override
  public void close() {
    collections.close();
    logLines.close();
    registry.close();
  }
}
