// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.report;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import io.holdfast.chaos.history.Violation;
import java.util.Locale;

/** A report for programs. */
public final class JsonReport {

  private JsonReport() {}

  public static String of(RunReport report) {
    var document = Struct.newBuilder();
    // As text: a number of JSON has no room for all of it.
    document.putFields("seed", text(Long.toString(report.seed())));
    document.putFields("store", text(report.store()));
    document.putFields("nodes", number(report.nodes()));
    document.putFields("seconds", number(report.lasted().toMillis() / 1000.0));
    document.putFields("operations", count(report.operations()));
    var outcomes = Struct.newBuilder();
    report.outcomes().forEach((name, count) -> outcomes.putFields(name, count(count)));
    document.putFields("outcomes", struct(outcomes));
    document.putFields("eventsStored", count(report.events()));
    document.putFields("valuesStored", count(report.values()));
    for (Violation.Kind kind : Violation.Kind.values()) {
      document.putFields(camel(kind), count(report.count(kind)));
    }
    document.putFields("faults", faults(report));
    document.putFields("unavailableSeconds", unavailable(report));
    document.putFields("unaskedEnds", texts(report.news()));
    document.putFields("violations", texts(report.violations()));
    try {
      return JsonFormat.printer().print(document) + "\n";
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Value faults(RunReport report) {
    var all = ListValue.newBuilder();
    for (FaultRecord fault : report.faults()) {
      all.addValues(
          struct(
              Struct.newBuilder()
                  .putFields("kind", text(fault.fault().kind().toString()))
                  .putFields("node", number(fault.fault().node()))
                  .putFields("beganAfterSeconds", number(fault.beganAfter().toMillis() / 1000.0))
                  .putFields("clockStepSeconds", count(fault.fault().step().toSeconds()))
                  .putFields("lastedSeconds", number(fault.fault().lasts().toMillis() / 1000.0))
                  .putFields(
                      "healthyAfterSeconds", number(fault.healthyAfter().toMillis() / 1000.0))
                  .putFields(
                      "unavailableSeconds", number(fault.unavailable().toMillis() / 1000.0))));
    }
    return Value.newBuilder().setListValue(all).build();
  }

  private static Value unavailable(RunReport report) {
    var kinds = Struct.newBuilder();
    report
        .byKind()
        .forEach(
            (kind, faults) ->
                kinds.putFields(
                    kind,
                    struct(
                        Struct.newBuilder()
                            .putFields("p50", number(RunReport.median(faults)))
                            .putFields("max", number(RunReport.most(faults))))));
    return struct(kinds);
  }

  private static String camel(Violation.Kind kind) {
    String[] words = kind.name().toLowerCase(Locale.ROOT).split("_", -1);
    var name = new StringBuilder(words[0]);
    for (int i = 1; i < words.length; i++) {
      name.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
    }
    return name.toString();
  }

  private static Value texts(Iterable<?> all) {
    var list = ListValue.newBuilder();
    all.forEach(each -> list.addValues(text(each.toString())));
    return Value.newBuilder().setListValue(list).build();
  }

  private static Value struct(Struct.Builder struct) {
    return Value.newBuilder().setStructValue(struct).build();
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }

  private static Value count(long count) {
    return number((double) count);
  }

  private static Value number(double number) {
    return Value.newBuilder().setNumberValue(number).build();
  }
}
