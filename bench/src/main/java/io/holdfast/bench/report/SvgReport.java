// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.report;

import io.holdfast.bench.report.SvgCanvas.Anchor;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The report as a chart: rates, latencies on a logarithmic scale, memory, goals. */
public final class SvgReport {

  private static final double WIDTH = 960;
  private static final double MARGIN = 32;
  private static final double PLOT_LEFT = 250;
  private static final double PLOT_RIGHT = 780;
  private static final double ROW = 30;
  private static final double BAR = 18;

  private static final String STYLES =
      "text{font-family:system-ui,'Segoe UI',Helvetica,Arial,sans-serif;font-size:14px;fill:#1f2933}"
          + ".title{font-size:22px;font-weight:600}.head{font-size:16px;font-weight:600}"
          + ".small{font-size:12px;fill:#616e7c}.paper{fill:#fff}.track{fill:#f0f3f6}"
          + ".base{fill:#9aa5b1}.ours{fill:#0f7b8a}.grid{stroke:#e1e6ea}"
          + ".range{stroke:#b6c2cc;stroke-width:4;stroke-linecap:round}"
          + ".p50{fill:#0f7b8a}.p99{fill:#e07a1f}.p999{fill:#b3261e}"
          + ".reached{fill:#1b7f4b;font-weight:600}.missed{fill:#b3261e;font-weight:600}";

  private static final Set<RowName> RATES =
      EnumSet.of(
          RowName.DIRECT,
          RowName.PASSTHROUGH,
          RowName.EVENTSOURCED_MEMORY,
          RowName.EVENTSOURCED_EMBEDDED,
          RowName.EVENTSOURCED_POSTGRES,
          RowName.POSTGRES_DRIVER,
          RowName.EVENTSOURCED_CASSANDRA,
          RowName.CASSANDRA_DRIVER,
          RowName.HOT_ENTITY,
          RowName.VALUE_EMBEDDED,
          RowName.CRDT_LOCAL,
          RowName.ACTION_UNARY,
          RowName.ACTION_STREAMED,
          RowName.FORWARD);
  private static final Set<RowName> BASELINES =
      EnumSet.of(
          RowName.DIRECT,
          RowName.PASSTHROUGH,
          RowName.PASSTHROUGH_HALF,
          RowName.POSTGRES_DRIVER,
          RowName.CASSANDRA_DRIVER);
  private static final Set<RowName> MEMORY = EnumSet.of(RowName.MEMORY_IDLE, RowName.MEMORY_10000);

  private final Report report;
  private final SvgCanvas canvas = new SvgCanvas(WIDTH);
  private double y = MARGIN;

  private SvgReport(Report report) {
    this.report = report;
  }

  public static String of(Report report) {
    return new SvgReport(report).draw();
  }

  private String draw() {
    title();
    bars(
        "Requests per second, %d clients over %,d entities, and the ratio to passthrough"
            .formatted(report.clients(), report.entities()),
        rows(row -> RATES.contains(row.name())),
        row -> row.opsPerSecond().orElse(0),
        this::rateLabel);
    latencies(rows(row -> row.latency().isPresent()));
    bars(
        "Resident memory of the proxy",
        rows(row -> MEMORY.contains(row.name())),
        SvgReport::resident,
        row -> format("%,.0f MiB", resident(row)));
    goals(Goal.outcomes(report));
    return canvas.finish(y + MARGIN / 2, STYLES);
  }

  private List<Row> rows(java.util.function.Predicate<Row> which) {
    return report.rows().stream().filter(Row::valid).filter(which).toList();
  }

  private void title() {
    Machine machine = report.machine();
    String day =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC)
            .format(report.startedAt());
    canvas.text(MARGIN, y + 14, "title", Anchor.START, "Holdfast benchmark");
    canvas.text(WIDTH - MARGIN, y + 14, "small", Anchor.END, day);
    String facts =
        "%d cores, %s · %s · %s"
            .formatted(machine.cores(), machine.cpu(), machine.kernel(), machine.jvm());
    canvas.text(MARGIN, y + 36, "small", Anchor.START, facts);
    y += 56;
  }

  private void heading(String text) {
    y += 26;
    canvas.text(MARGIN, y, "head", Anchor.START, text);
    y += 16;
  }

  private void bars(
      String heading, List<Row> rows, ToDoubleFunction<Row> value, Function<Row, String> label) {
    double highest = rows.stream().mapToDouble(value).max().orElse(0);
    if (highest <= 0) {
      return;
    }
    heading(heading);
    for (Row row : rows) {
      double length = (PLOT_RIGHT - PLOT_LEFT) * value.applyAsDouble(row) / highest;
      rowName(row);
      canvas.bar(PLOT_LEFT, y + 4, PLOT_RIGHT - PLOT_LEFT, BAR, "track");
      canvas.bar(PLOT_LEFT, y + 4, length, BAR, BASELINES.contains(row.name()) ? "base" : "ours");
      canvas.text(PLOT_RIGHT + 12, y + 18, "value", Anchor.START, label.apply(row));
      y += ROW;
    }
  }

  private void rowName(Row row) {
    canvas.text(PLOT_LEFT - 12, y + 18, "name", Anchor.END, row.name().shown());
  }

  private String rateLabel(Row row) {
    String rate = format("%,.0f/s", row.opsPerSecond().orElse(0));
    OptionalDouble ratio = report.ratio(row);
    return ratio.isEmpty() ? rate : rate + format(" · %.2f", ratio.getAsDouble());
  }

  private void latencies(List<Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    heading("Latency (logarithmic)");
    legend();
    var scale = LogScale.covering(latencyRange(rows), PLOT_LEFT, PLOT_RIGHT);
    double bottom = y + 14 + rows.size() * ROW;
    for (double tick : scale.ticks()) {
      canvas.line(scale.at(tick), y + 8, scale.at(tick), bottom, "grid");
      canvas.text(scale.at(tick), y + 2, "small", Anchor.MIDDLE, Micros.shown(tick));
    }
    y += 12;
    for (Row row : rows) {
      rowName(row);
      row.latency().ifPresent(latency -> latency(scale, latency));
      y += ROW;
    }
  }

  private static List<Double> latencyRange(List<Row> rows) {
    return rows.stream()
        .flatMap(row -> row.latency().stream())
        .flatMap(latency -> List.of(latency.p50(), latency.p99(), latency.p999()).stream())
        .toList();
  }

  private void latency(LogScale scale, Latency latency) {
    double middle = y + 13;
    canvas.line(scale.at(latency.p50()), middle, scale.at(latency.p999()), middle, "range");
    canvas.dot(scale.at(latency.p999()), middle, 6, "p999");
    canvas.dot(scale.at(latency.p99()), middle, 6, "p99");
    canvas.dot(scale.at(latency.p50()), middle, 6, "p50");
    canvas.text(
        PLOT_RIGHT + 12,
        y + 18,
        "value",
        Anchor.START,
        Micros.shown(latency.p50()) + " / " + Micros.shown(latency.p99()));
  }

  private void legend() {
    double x = PLOT_LEFT;
    for (String name : List.of("p50", "p99", "p999")) {
      canvas.dot(x, y + 4, 5, name);
      canvas.text(x + 10, y + 8, "small", Anchor.START, name.equals("p999") ? "p99.9" : name);
      x += 64;
    }
    canvas.text(PLOT_RIGHT + 12, y + 8, "small", Anchor.START, "p50 / p99");
    y += 32;
  }

  private void goals(List<Goal.Outcome> goals) {
    if (goals.isEmpty()) {
      return;
    }
    heading("Goals");
    for (Goal.Outcome goal : goals) {
      String word = goal.reached() ? "reached" : "missed";
      canvas.text(MARGIN, y + 16, word, Anchor.START, word);
      canvas.text(
          MARGIN + 72, y + 16, "value", Anchor.START, goal.text().substring(word.length()).strip());
      y += 24;
    }
  }

  private static double resident(Row row) {
    return row.subject().map(ProcessUse::rssMb).orElse(0.0);
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
