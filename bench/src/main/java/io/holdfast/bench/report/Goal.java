// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.report;

import static io.holdfast.bench.report.RowName.ACTION_STREAMED;
import static io.holdfast.bench.report.RowName.ACTION_UNARY;
import static io.holdfast.bench.report.RowName.CASSANDRA_DRIVER;
import static io.holdfast.bench.report.RowName.CRDT_LOCAL;
import static io.holdfast.bench.report.RowName.DIRECT;
import static io.holdfast.bench.report.RowName.EVENTSOURCED_CASSANDRA;
import static io.holdfast.bench.report.RowName.EVENTSOURCED_EMBEDDED;
import static io.holdfast.bench.report.RowName.EVENTSOURCED_EMBEDDED_HALF;
import static io.holdfast.bench.report.RowName.EVENTSOURCED_POSTGRES;
import static io.holdfast.bench.report.RowName.HOT_ENTITY;
import static io.holdfast.bench.report.RowName.PASSTHROUGH;
import static io.holdfast.bench.report.RowName.PASSTHROUGH_HALF;
import static io.holdfast.bench.report.RowName.POSTGRES_DRIVER;
import static io.holdfast.bench.report.RowName.START;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * What a run should reach, as a ratio of two of its own rows. A goal that is missed is news, not an
 * error: it fails nothing.
 */
@SuppressWarnings("ImmutableEnumChecker") // The functions hold nothing.
public enum Goal {
  EMBEDDED(
      "rate of eventsourced-embedded / passthrough",
      true,
      0.50,
      report -> rate(report, EVENTSOURCED_EMBEDDED) / rate(report, PASSTHROUGH)),
  HOT(
      "rate of hot-entity / eventsourced-embedded",
      true,
      0.25,
      report -> rate(report, HOT_ENTITY) / rate(report, EVENTSOURCED_EMBEDDED)),
  TAIL(
      "p99 of eventsourced-embedded-half / passthrough-half",
      false,
      4.0,
      report -> p99(report, EVENTSOURCED_EMBEDDED_HALF) / p99(report, PASSTHROUGH_HALF)),
  CEILING(
      "rate of passthrough / direct",
      true,
      0.45,
      report -> rate(report, PASSTHROUGH) / rate(report, DIRECT)),
  CRDT(
      "rate of crdt-local / passthrough",
      true,
      0.50,
      report -> rate(report, CRDT_LOCAL) / rate(report, PASSTHROUGH)),
  ACTION(
      "rate of action-unary / passthrough",
      true,
      0.60,
      report -> rate(report, ACTION_UNARY) / rate(report, PASSTHROUGH)),
  STREAM(
      "rate of action-streamed / action-unary",
      true,
      3.0,
      report -> rate(report, ACTION_STREAMED) / rate(report, ACTION_UNARY)),
  POSTGRES(
      "rate of eventsourced-postgres / postgres-driver",
      true,
      0.50,
      report -> rate(report, EVENTSOURCED_POSTGRES) / rate(report, POSTGRES_DRIVER)),
  CASSANDRA(
      "rate of eventsourced-cassandra / cassandra-driver",
      true,
      0.50,
      report -> rate(report, EVENTSOURCED_CASSANDRA) / rate(report, CASSANDRA_DRIVER)),
  FIRST_REPLY(
      "seconds from start to first reply",
      false,
      3.0,
      report -> latency(report, START, Latency::p50) / 1e6);

  private final String subject;
  private final boolean atLeast;
  private final double limit;
  private final ToDoubleFunction<Report> measured;

  Goal(String subject, boolean atLeast, double limit, ToDoubleFunction<Report> measured) {
    this.subject = subject;
    this.atLeast = atLeast;
    this.limit = limit;
    this.measured = measured;
  }

  /**
   * How a goal came out.
   *
   * @param text one line for people
   */
  public record Outcome(String subject, double measured, boolean reached, String text) {}

  /** All goals whose rows the run has. */
  public static List<Outcome> outcomes(Report report) {
    return List.of(values()).stream().flatMap(goal -> goal.outcome(report).stream()).toList();
  }

  private List<Outcome> outcome(Report report) {
    double value = measured.applyAsDouble(report);
    if (!Double.isFinite(value)) {
      return List.of();
    }
    boolean reached = atLeast ? value >= limit : value <= limit;
    String text =
        String.format(
            Locale.ROOT,
            "%-7s %s: %.2f (%s %.2f)",
            reached ? "reached" : "missed",
            subject,
            value,
            atLeast ? "at least" : "at most",
            limit);
    return List.of(new Outcome(subject, value, reached, text));
  }

  private static double rate(Report report, RowName name) {
    return report
        .valid(name)
        .map(Row::opsPerSecond)
        .orElse(OptionalDouble.empty())
        .orElse(Double.NaN);
  }

  private static double p99(Report report, RowName name) {
    return latency(report, name, Latency::p99);
  }

  private static double latency(Report report, RowName name, ToDoubleFunction<Latency> part) {
    return report
        .valid(name)
        .flatMap(Row::latency)
        .map(latency -> part.applyAsDouble(latency))
        .orElse(Double.NaN);
  }
}
