// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReportTest {

  @Test
  void rows_have_the_names_that_other_tools_know() {
    assertThat(Arrays.stream(RowName.values()).map(RowName::shown))
        .containsExactly(
            "direct",
            "passthrough",
            "eventsourced-memory",
            "eventsourced-embedded",
            "eventsourced-postgres",
            "postgres-driver",
            "eventsourced-cassandra",
            "cassandra-driver",
            "hot-entity",
            "value-embedded",
            "crdt-local",
            "action-unary",
            "action-streamed",
            "forward",
            "passthrough-half",
            "eventsourced-embedded-half",
            "activation-0",
            "activation-100",
            "activation-10000",
            "start",
            "memory-idle",
            "memory-10000");
    assertThat(RowName.of("hot-entity")).contains(RowName.HOT_ENTITY);
    assertThat(RowName.of("HOT_ENTITY")).isEmpty();
  }

  @Test
  void rows_are_shown_in_one_order_whatever_order_they_were_measured_in() {
    assertThat(Reports.whole().rows().stream().map(Row::name).toList()).isSorted();
  }

  @Test
  void ratios_are_to_passthrough() {
    Report report = Reports.whole();
    Row embedded = report.valid(RowName.EVENTSOURCED_EMBEDDED).orElseThrow();
    assertThat(report.ratio(embedded)).hasValue(0.55);
    assertThat(Reports.of(embedded).ratio(embedded)).isEmpty();
  }

  @Test
  void goals_say_what_was_reached_and_what_was_missed() {
    assertThat(Goal.outcomes(Reports.whole()).stream().map(Goal.Outcome::text))
        .containsExactly(
            "reached rate of eventsourced-embedded / passthrough: 0.55 (at least 0.50)",
            "missed  rate of hot-entity / eventsourced-embedded: 0.23 (at least 0.25)",
            "reached p99 of eventsourced-embedded-half / passthrough-half: 3.33 (at most 4.00)",
            "missed  rate of passthrough / direct: 0.40 (at least 0.45)",
            "reached seconds from start to first reply: 2.50 (at most 3.00)");
  }

  @Test
  void goals_whose_rows_are_void_or_missing_are_left_out() {
    var report =
        Reports.of(
            Row.failed(RowName.DIRECT, "no"),
            Reports.rate(RowName.PASSTHROUGH, 10),
            Reports.rate(RowName.EVENTSOURCED_EMBEDDED, 1));
    assertThat(Goal.outcomes(report)).hasSize(1);
  }

  @Test
  void the_table_shows_a_void_row_without_numbers_and_says_why() {
    List<String> lines = TableReport.of(Reports.whole()).lines().toList();
    assertThat(lines).anyMatch(line -> line.matches("memory-10000 +void *"));
    assertThat(lines).contains("void: memory-10000: 12 requests failed: UNAVAILABLE: gone");
    assertThat(lines)
        .anyMatch(
            line ->
                line.matches(
                    "eventsourced-embedded +22,000 +0\\.55 +500 µs +4\\.0 ms +8\\.0 ms +7\\.5 +322"));
  }
}
