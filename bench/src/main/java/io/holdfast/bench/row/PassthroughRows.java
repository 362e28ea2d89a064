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

/** The ceiling. Comes after the embedded store, whose half rate it is to be compared at. */
final class PassthroughRows implements RowGroup {

  @Override
  public Set<RowName> rows() {
    return Set.of(RowName.PASSTHROUGH, RowName.PASSTHROUGH_HALF);
  }

  @Override
  public void measure(Workbench bench, Results results) {
    var population = new Population("c", bench.settings().entities());
    try (Child function = bench.function();
        Child passthrough = bench.passthrough(function);
        Target target = bench.generator().unary(passthrough.address(), Methods.INCREASE)) {
      var measuring = new Measuring(bench, target, List.of(passthrough, function));
      results.add(measuring.closedLoop(RowName.PASSTHROUGH, population));
      if (results.wants(RowName.PASSTHROUGH_HALF)) {
        double embedded =
            results
                .rate(RowName.EVENTSOURCED_EMBEDDED)
                .orElseThrow(
                    () -> BenchException.because("the rate of eventsourced-embedded is missing"));
        results.add(measuring.openLoop(RowName.PASSTHROUGH_HALF, population, embedded / 2));
      }
    }
  }
}
