// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.row;

import io.holdfast.bench.load.Population;
import io.holdfast.bench.load.Target;
import io.holdfast.bench.net.Methods;
import io.holdfast.bench.process.Child;
import io.holdfast.bench.report.RowName;
import java.util.List;
import java.util.Set;

/**
 * The proxy with a store that forgets: what is left of the difference to the ceiling is its own.
 */
final class MemoryStoreRows implements RowGroup {

  @Override
  public Set<RowName> rows() {
    return Set.of(RowName.EVENTSOURCED_MEMORY);
  }

  @Override
  public void measure(Workbench bench, Results results) {
    var population = new Population("c", bench.settings().entities());
    try (DataDirectory data = bench.dataDirectory();
        Child function = bench.function();
        Child proxy = bench.proxy(function, Workbench.Store.MEMORY, data.path());
        Target target = bench.generator().unary(proxy.address(), Methods.INCREASE)) {
      var measuring = new Measuring(bench, target, List.of(proxy, function));
      results.add(measuring.closedLoopOnColdProxy(RowName.EVENTSOURCED_MEMORY, population));
    }
  }
}
