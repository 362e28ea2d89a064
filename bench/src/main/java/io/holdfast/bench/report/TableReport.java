// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The report for a terminal. */
public final class TableReport {

  private TableReport() {}

  public static String of(Report report) {
    var out = new StringBuilder();
    out.append(line("row", "ops/s", "ratio", "p50", "p99", "p99.9", "cpu s", "rss MiB"));
    report.rows().forEach(row -> out.append(line(report, row)));
    out.append(System.lineSeparator());
    out.append("ratio: of the rate to passthrough's. cpu, rss: of the process the row is about.");
    out.append(System.lineSeparator());
    List<Goal.Outcome> goals = Goal.outcomes(report);
    if (!goals.isEmpty()) {
      out.append(System.lineSeparator());
      goals.forEach(goal -> out.append(goal.text()).append(System.lineSeparator()));
    }
    for (Row row : report.rows()) {
      for (String problem : row.problems()) {
        out.append("%nvoid: %s: %s%n".formatted(row.name().shown(), problem));
      }
    }
    return out.toString();
  }

  private static String line(Report report, Row row) {
    if (!row.valid()) {
      return line(row.name().shown(), "void", "", "", "", "", "", "");
    }
    Optional<Latency> latency = row.latency();
    Optional<ProcessUse> subject = row.subject();
    return line(
        row.name().shown(),
        row.opsPerSecond().stream().mapToObj(TableReport::count).findFirst().orElse("-"),
        report.ratio(row).stream().mapToObj(r -> decimals(r, 2)).findFirst().orElse("-"),
        latency.map(l -> Micros.shown(l.p50())).orElse("-"),
        latency.map(l -> Micros.shown(l.p99())).orElse("-"),
        latency.map(l -> Micros.shown(l.p999())).orElse("-"),
        subject.map(use -> decimals(use.cpuSeconds(), 1)).orElse("-"),
        subject.map(use -> decimals(use.rssMb(), 0)).orElse("-"));
  }

  private static String line(Object... cells) {
    return String.format(Locale.ROOT, "%-27s %9s %7s %10s %10s %10s %7s %8s%n", cells);
  }

  private static String count(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String decimals(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
