// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.row;

import io.holdfast.bench.process.Child;
import io.holdfast.bench.process.Usage;
import io.holdfast.bench.report.Latency;
import io.holdfast.bench.report.ProcessUse;
import io.holdfast.bench.report.Row;
import io.holdfast.bench.report.RowName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How long a proxy takes from its start to its first reply, with a function that is there already.
 */
final class StartRow implements RowGroup {

  private static final int STARTS = 3;

  @Override
  public Set<RowName> rows() {
    return Set.of(RowName.START);
  }

  @Override
  public void measure(Workbench bench, Results results) {
    var times = new ArrayList<Duration>();
    Optional<ProcessUse> use = Optional.empty();
    try (Child function = bench.function()) {
      for (int i = 0; i < STARTS; i++) {
        try (DataDirectory data = bench.dataDirectory();
            Child proxy = bench.startProxy(function, Workbench.Store.EMBEDDED, data.path())) {
          times.add(bench.awaitReply(proxy));
          use =
              Usage.of(proxy.pid())
                  .map(now -> new ProcessUse(proxy.name(), now.cpuSeconds(), now.rssMb()));
        }
      }
    }
    List<Double> micros = times.stream().map(time -> time.toNanos() / 1e3).sorted().toList();
    double median = micros.get(STARTS / 2);
    double slowest = micros.get(STARTS - 1);
    bench
        .progress()
        .says(String.format(Locale.ROOT, "%-28s%.2f s", RowName.START.shown(), median / 1e6));
    results.add(
        Row.builder(RowName.START)
            .latency(new Latency(median, slowest, slowest, slowest, STARTS))
            .processes(use.stream().toList())
            .build());
  }
}
