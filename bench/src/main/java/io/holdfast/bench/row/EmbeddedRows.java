// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.row;

import io.holdfast.bench.load.Population;
import io.holdfast.bench.load.Target;
import io.holdfast.bench.net.Methods;
import io.holdfast.bench.process.BenchException;
import io.holdfast.bench.process.Child;
import io.holdfast.bench.report.RowName;
import java.util.List;
import java.util.Set;

/** The proxy as it is deployed: every reply after the fsync of its events. */
final class EmbeddedRows implements RowGroup {

  @Override
  public Set<RowName> rows() {
    return Set.of(
        RowName.EVENTSOURCED_EMBEDDED, RowName.EVENTSOURCED_EMBEDDED_HALF, RowName.HOT_ENTITY);
  }

  @Override
  public void measure(Workbench bench, Results results) {
    var population = new Population("c", bench.settings().entities());
    var hot = new Population("h", 1);
    try (DataDirectory data = bench.dataDirectory();
        Child function = bench.function();
        Child proxy = bench.proxy(function, Workbench.Store.EMBEDDED, data.path());
        Target target = bench.generator().unary(proxy.address(), Methods.INCREASE)) {
      var measuring = new Measuring(bench, target, List.of(proxy, function));
      if (results.wants(RowName.EVENTSOURCED_EMBEDDED)) {
        results.add(measuring.closedLoopOnColdProxy(RowName.EVENTSOURCED_EMBEDDED, population));
      }
      if (results.wants(RowName.EVENTSOURCED_EMBEDDED_HALF)) {
        double rate =
            results
                .rate(RowName.EVENTSOURCED_EMBEDDED)
                .orElseThrow(
                    () -> BenchException.because("the rate of eventsourced-embedded is missing"));
        results.add(measuring.openLoop(RowName.EVENTSOURCED_EMBEDDED_HALF, population, rate / 2));
      }
      if (results.wants(RowName.HOT_ENTITY)) {
        results.add(measuring.closedLoop(RowName.HOT_ENTITY, hot));
      }
    }
  }
}
