// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.row;

import io.holdfast.bench.load.EntityOrder;
import io.holdfast.bench.load.Population;
import io.holdfast.bench.load.Target;
import io.holdfast.bench.load.Window;
import io.holdfast.bench.net.Methods;
import io.holdfast.bench.process.Child;
import io.holdfast.bench.report.ProcessUse;
import io.holdfast.bench.report.Row;
import io.holdfast.bench.report.RowName;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The memory that a proxy takes with next to nothing to do, and with many entities alive. */
final class ResidentRows implements RowGroup {

  private static final int ENTITIES = 10_000;
  private static final Duration SETTLING = Duration.ofSeconds(3);

  @Override
  public Set<RowName> rows() {
    return Set.of(RowName.MEMORY_IDLE, RowName.MEMORY_10000);
  }

  @Override
  public void measure(Workbench bench, Results results) {
    try (DataDirectory data = bench.dataDirectory();
        Child function = bench.function();
        Child proxy = bench.proxy(function, Workbench.Store.EMBEDDED, data.path());
        Target target = bench.generator().unary(proxy.address(), Methods.INCREASE)) {
      var processes = List.of(proxy, function);
      if (results.wants(RowName.MEMORY_IDLE)) {
        results.add(settled(bench, RowName.MEMORY_IDLE, processes).build());
      }
      if (results.wants(RowName.MEMORY_10000)) {
        var measuring = new Measuring(bench, target, processes);
        Window window =
            measuring.prepare(new Population("m", ENTITIES), EntityOrder.sweep(0, ENTITIES, 1));
        results.add(
            settled(bench, RowName.MEMORY_10000, processes)
                .detail("activations_per_s", window.rate())
                .build());
      }
    }
  }

  private static Row.Builder settled(Workbench bench, RowName name, List<Child> processes) {
    Meter meter = Meter.start(processes);
    Measuring.pause(SETTLING);
    List<ProcessUse> use = meter.read();
    use.stream()
        .findFirst()
        .ifPresent(
            first ->
                bench
                    .progress()
                    .says(
                        String.format(Locale.ROOT, "%-28s%.0f MiB", name.shown(), first.rssMb())));
    return Row.builder(name).processes(use);
  }
}
