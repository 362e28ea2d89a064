// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The report for programs. Every row has every key; what a row does not measure is null. Rates have
 * no decimals, times in microseconds one, so that two files can be compared by eye.
 */
public final class JsonReport {

  private JsonReport() {}

  public static String of(Report report) {
    var all = new LinkedHashMap<String, @Nullable Object>();
    all.put("started_at", report.startedAt().toString());
    all.put("took_s", report.took().toSeconds());
    all.put("measured_s", report.measured().toMillis() / 1e3);
    all.put("clients", report.clients());
    all.put("entities", report.entities());
    all.put("machine", machine(report.machine()));
    all.put("rows", report.rows().stream().map(row -> row(report, row)).toList());
    all.put("goals", Goal.outcomes(report).stream().map(JsonReport::goal).toList());
    return JsonText.of(all);
  }

  private static Map<String, Object> machine(Machine machine) {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("cores", machine.cores());
    facts.put("cpu", machine.cpu());
    facts.put("memory_mb", machine.memoryMb());
    facts.put("kernel", machine.kernel());
    facts.put("jvm", machine.jvm());
    facts.put("load_before", machine.loadBefore());
    return facts;
  }

  private static Map<String, @Nullable Object> row(Report report, Row row) {
    var all = new LinkedHashMap<String, @Nullable Object>();
    all.put("name", row.name().shown());
    all.put("valid", row.valid());
    all.put("ops_per_s", rounded(row.opsPerSecond(), 0));
    all.put("ratio_to_passthrough", rounded(report.ratio(row), 4));
    Latency latency = row.latency().orElse(null);
    all.put("p50_us", latency == null ? null : rounded(latency.p50(), 1));
    all.put("p99_us", latency == null ? null : rounded(latency.p99(), 1));
    all.put("p999_us", latency == null ? null : rounded(latency.p999(), 1));
    all.put("max_us", latency == null ? null : rounded(latency.highest(), 1));
    all.put("samples", latency == null ? null : latency.samples());
    ProcessUse subject = row.subject().orElse(null);
    all.put("cpu_s", subject == null ? null : rounded(subject.cpuSeconds(), 2));
    all.put("rss_mb", subject == null ? null : rounded(subject.rssMb(), 1));
    all.put("processes", row.processes().stream().map(JsonReport::process).toList());
    row.details().forEach((key, value) -> all.put(key, rounded(value, 3)));
    all.put("problems", List.copyOf(row.problems()));
    return all;
  }

  private static Map<String, Object> process(ProcessUse use) {
    var all = new LinkedHashMap<String, Object>();
    all.put("name", use.process());
    all.put("cpu_s", rounded(use.cpuSeconds(), 2));
    all.put("rss_mb", rounded(use.rssMb(), 1));
    return all;
  }

  private static Map<String, Object> goal(Goal.Outcome outcome) {
    var all = new LinkedHashMap<String, Object>();
    all.put("goal", outcome.subject());
    all.put("measured", rounded(outcome.measured(), 3));
    all.put("reached", outcome.reached());
    return all;
  }

  private static @Nullable Object rounded(OptionalDouble value, int decimals) {
    return value.isEmpty() ? null : rounded(value.getAsDouble(), decimals);
  }

  private static double rounded(double value, int decimals) {
    double scale = Math.pow(10, decimals);
    return Math.rint(value * scale) / scale;
  }
}
