// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.row;

import io.holdfast.bench.load.Population;
import io.holdfast.bench.load.Target;
import io.holdfast.bench.process.Child;
import io.holdfast.bench.report.RowName;
import java.util.List;
import java.util.Set;

/** The function alone, spoken to over one stream per entity. */
final class DirectRows implements RowGroup {

  @Override
  public Set<RowName> rows() {
    return Set.of(RowName.DIRECT);
  }

  @Override
  public void measure(Workbench bench, Results results) {
    var population = new Population("c", bench.settings().entities());
    try (Child function = bench.function();
        Target target = bench.generator().streams(function.address(), population)) {
      var measuring = new Measuring(bench, target, List.of(function));
      results.add(measuring.closedLoop(RowName.DIRECT, population));
    }
  }
}
