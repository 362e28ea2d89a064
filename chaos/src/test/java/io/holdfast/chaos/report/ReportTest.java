// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import io.holdfast.chaos.fault.FaultKind;
import io.holdfast.chaos.fault.PlannedFault;
import io.holdfast.chaos.history.Operation;
import io.holdfast.chaos.history.Outcome;
import io.holdfast.chaos.history.Violation;
import io.holdfast.chaos.history.Violation.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReportTest {

  private static FaultRecord fault(FaultKind kind, int unavailableSeconds) {
    return new FaultRecord(
        new PlannedFault(kind, 2, Duration.ofSeconds(3)),
        Duration.ofSeconds(10),
        Duration.ofSeconds(20),
        Duration.ofSeconds(unavailableSeconds));
  }

  private static RunReport report(List<Violation> violations) {
    return new RunReport(
        Long.MAX_VALUE,
        "postgres",
        3,
        Duration.ofMinutes(1),
        Map.of("answered", 9L, "unknown", 1L),
        8,
        5,
        List.of(
            fault(FaultKind.CUT, 9),
            fault(FaultKind.CUT, 1),
            fault(FaultKind.CUT, 4),
            fault(FaultKind.LOSS, 0)),
        List.of(),
        violations);
  }

  private static Operation answered(String entity, long endNanos) {
    return new Operation(
        entity, "c" + endNanos, 1, endNanos - 1, endNanos, new Outcome.Acknowledged(1, "i"));
  }

  @Test
  void unavailable_is_the_longest_time_without_an_answer_of_the_entity() {
    List<Operation> operations =
        List.of(
            answered("hot", 90),
            answered("hot", 130),
            answered("other", 150),
            new Operation("hot", "failed", 1, 140, 150, new Outcome.Unknown("gone")),
            answered("hot", 170),
            answered("hot", 210));
    assertThat(FaultRecord.unavailable("hot", operations, 100, 200))
        .isEqualTo(Duration.ofNanos(40));
    assertThat(FaultRecord.unavailable("hot", operations, 100, 131))
        .isEqualTo(Duration.ofNanos(30));
    assertThat(FaultRecord.unavailable("silent", operations, 100, 200))
        .isEqualTo(Duration.ofNanos(100));
  }

  @Test
  void the_text_has_the_middle_and_the_most_of_each_kind() {
    assertThat(TextReport.of(report(List.of())).lines().map(String::strip))
        .anyMatch(line -> line.matches("cut +3 +4\\.0 +9\\.0"))
        .anyMatch(line -> line.matches("loss +1 +0\\.0 +0\\.0"))
        .anyMatch(line -> line.matches("all +4 +1\\.0 +9\\.0"))
        .contains("8 events and 5 values stored.")
        .anyMatch(line -> line.startsWith("lost 0, duplicated 0, "))
        .noneMatch(line -> line.contains("BROKEN PROMISES"));
  }

  @Test
  void broken_promises_are_counted_and_shown() {
    RunReport bad = report(List.of(new Violation(Kind.LOST, "ledger-1", "c was acknowledged")));
    assertThat(bad.isGood()).isFalse();
    assertThat(TextReport.of(bad))
        .contains("lost 1, ", "BROKEN PROMISES", "LOST ledger-1: c was acknowledged");
  }

  @Test
  void programs_read_the_same_as_json() throws Exception {
    var document = Struct.newBuilder();
    JsonFormat.parser()
        .merge(
            JsonReport.of(report(List.of(new Violation(Kind.TWO_INSTANCES, "e", "text")))),
            document);
    assertThat(document.getFieldsOrThrow("seed").getStringValue())
        .isEqualTo(Long.toString(Long.MAX_VALUE));
    assertThat(document.getFieldsOrThrow("operations").getNumberValue()).isEqualTo(10);
    assertThat(document.getFieldsOrThrow("eventsStored").getNumberValue()).isEqualTo(8);
    assertThat(document.getFieldsOrThrow("valuesStored").getNumberValue()).isEqualTo(5);
    assertThat(document.getFieldsOrThrow("twoInstances").getNumberValue()).isEqualTo(1);
    assertThat(document.getFieldsOrThrow("lost").getNumberValue()).isZero();
    assertThat(document.getFieldsOrThrow("faults").getListValue().getValuesList()).hasSize(4);
    assertThat(
            document
                .getFieldsOrThrow("unavailableSeconds")
                .getStructValue()
                .getFieldsOrThrow("cut")
                .getStructValue()
                .getFieldsOrThrow("max")
                .getNumberValue())
        .isEqualTo(9);
  }
}
