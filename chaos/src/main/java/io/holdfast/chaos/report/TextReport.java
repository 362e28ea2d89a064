// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.report;

import io.holdfast.chaos.history.Violation;
import java.util.List;
import java.util.Locale;

/** A report for people. */
public final class TextReport {

  private static final int SHOWN_MAX = 20;

  private TextReport() {}

  public static String of(RunReport report) {
    var text = new StringBuilder();
    line(
        text,
        "Seed %d, %s store, %d node%s, %d s.",
        report.seed(),
        report.store(),
        report.nodes(),
        report.nodes() == 1 ? "" : "s",
        report.lasted().toSeconds());
    line(text, "%,d operations: %s.", report.operations(), counts(report));
    line(text, "%,d events and %,d values stored.", report.events(), report.values());
    text.append('\n');
    line(text, "%-16s %6s %30s", "fault", "times", "unavailable seconds: p50    max");
    report.byKind().forEach((kind, faults) -> row(text, kind, faults));
    row(text, "all", report.faults());
    text.append('\n');
    for (Violation.Kind kind : Violation.Kind.values()) {
      text.append(kind.name().toLowerCase(Locale.ROOT).replace('_', ' '))
          .append(' ')
          .append(report.count(kind))
          .append(kind == Violation.Kind.STUCK ? "\n" : ", ");
    }
    if (!report.news().isEmpty()) {
      text.append("\nProcesses that ended by themselves, and were started again:\n");
      some(text, report.news());
    }
    if (!report.isGood()) {
      text.append("\nBROKEN PROMISES\n");
      some(text, report.violations());
    }
    return text.toString();
  }

  private static String counts(RunReport report) {
    var text = new StringBuilder();
    report
        .outcomes()
        .forEach(
            (outcome, count) ->
                text.append(text.isEmpty() ? "" : ", ")
                    .append(String.format(Locale.ROOT, "%,d %s", count, outcome)));
    return text.toString();
  }

  private static void row(StringBuilder text, String name, List<FaultRecord> faults) {
    line(
        text,
        "%-16s %6d %25.1f %6.1f",
        name,
        faults.size(),
        RunReport.median(faults),
        RunReport.most(faults));
  }

  private static void some(StringBuilder text, List<?> all) {
    all.stream().limit(SHOWN_MAX).forEach(each -> line(text, "  %s", each));
    if (all.size() > SHOWN_MAX) {
      line(text, "  and %d more", all.size() - SHOWN_MAX);
    }
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
