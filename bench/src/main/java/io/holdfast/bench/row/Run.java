// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.row;

import io.holdfast.bench.process.BenchException;
import io.holdfast.bench.report.Machine;
import io.holdfast.bench.report.Report;
import io.holdfast.bench.report.RowName;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** One run over the rows that were asked for. */
public final class Run {

  // Pass-through comes after the embedded store, whose half rate it is compared at.
  private static final List<RowGroup> GROUPS =
      List.of(
          new DirectRows(),
          new MemoryStoreRows(),
          new EmbeddedRows(),
          new PassthroughRows(),
          new KindRows(),
          ServerRows.postgres(),
          ServerRows.cassandra(),
          new ActivationRows(),
          new StartRow(),
          new ResidentRows());

  private static final Set<RowName> AT_HALF_RATE =
      Set.of(RowName.PASSTHROUGH_HALF, RowName.EVENTSOURCED_EMBEDDED_HALF);

  private Run() {}

  /** Measures. Rows at half of another row's rate bring that row with them. */
  public static Report of(Set<RowName> asked, Settings settings, Progress progress) {
    var wanted = EnumSet.copyOf(asked);
    if (AT_HALF_RATE.stream().anyMatch(wanted::contains)) {
      wanted.add(RowName.EVENTSOURCED_EMBEDDED);
    }
    Machine machine = Machine.here();
    Instant startedAt = Instant.now();
    long started = System.nanoTime();
    var results = new Results(wanted);
    try (var bench = new Workbench(settings, progress)) {
      for (RowGroup group : GROUPS) {
        if (results.wantsAny(group.rows())) {
          measure(group, bench, results);
        }
      }
    }
    return new Report(
        machine,
        startedAt,
        settings.measured(),
        Duration.ofNanos(System.nanoTime() - started),
        settings.clients(),
        settings.entities(),
        results.rows());
  }

  private static void measure(RowGroup group, Workbench bench, Results results) {
    try {
      group.measure(bench, results);
    } catch (BenchException e) {
      bench.progress().says(String.valueOf(e.getMessage()));
      results.fail(group.rows(), String.valueOf(e.getMessage()));
    }
  }
}
