// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.row;

import io.holdfast.bench.load.EntityOrder;
import io.holdfast.bench.load.Population;
import io.holdfast.bench.load.Target;
import io.holdfast.bench.net.Methods;
import io.holdfast.bench.process.Child;
import io.holdfast.bench.report.RowName;
import java.util.List;
import java.util.Set;

/**
 * The first command to entities that are not in memory. Their events are written, the proxy is
 * started anew over the same files, warmed with other entities, and then each entity gets one
 * command, one after the other. The reply also shows that every event was replayed, once.
 */
final class ActivationRows implements RowGroup {

  private static final int WARM_ENTITIES = 1_000;
  private static final int WARM_ROUNDS = 30;

  /**
   * @param events stored for each entity beforehand
   * @param samples entities whose activation is timed
   * @param warm entities that are activated before, so that the code on the way is compiled
   */
  private record Kind(RowName row, int events, int samples, int warm) {
    Population population() {
      return new Population("a" + events, samples + warm);
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          new Kind(RowName.ACTIVATION_0, 0, 200, 100),
          new Kind(RowName.ACTIVATION_100, 100, 200, 100),
          new Kind(RowName.ACTIVATION_10000, 10_000, 8, 2));

  private record Prepared(Kind kind, Population population) {}

  @Override
  public Set<RowName> rows() {
    return Set.of(RowName.ACTIVATION_0, RowName.ACTIVATION_100, RowName.ACTIVATION_10000);
  }

  @Override
  public void measure(Workbench bench, Results results) {
    List<Prepared> prepared =
        KINDS.stream()
            .filter(kind -> results.wants(kind.row()))
            .map(kind -> new Prepared(kind, kind.population()))
            .toList();
    try (DataDirectory data = bench.dataDirectory();
        Child function = bench.function()) {
      write(bench, function, data, prepared);
      activate(bench, function, data, prepared, results);
    }
  }

  private static void write(
      Workbench bench, Child function, DataDirectory data, List<Prepared> all) {
    try (Child proxy = bench.proxy(function, Workbench.Store.EMBEDDED, data.path());
        Target target = bench.generator().unary(proxy.address(), Methods.INCREASE)) {
      var measuring = new Measuring(bench, target, List.of());
      for (Prepared each : all) {
        Population population = each.population();
        measuring.prepare(
            population, EntityOrder.sweep(0, population.size(), each.kind().events()));
      }
    }
  }

  private static void activate(
      Workbench bench, Child function, DataDirectory data, List<Prepared> all, Results results) {
    try (Child proxy = bench.proxy(function, Workbench.Store.EMBEDDED, data.path());
        Target target = bench.generator().unary(proxy.address(), Methods.INCREASE)) {
      var measuring = new Measuring(bench, target, List.of(proxy, function));
      measuring.prepare(
          new Population("w", WARM_ENTITIES), EntityOrder.sweep(0, WARM_ENTITIES, WARM_ROUNDS));
      for (Prepared each : all) {
        Kind kind = each.kind();
        int size = each.population().size();
        measuring.prepare(each.population(), EntityOrder.sweep(kind.samples(), size, 1));
        results.add(measuring.oneByOne(kind.row(), each.population(), 0, kind.samples()));
      }
    }
  }
}
