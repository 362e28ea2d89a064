// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One run.
 *
 * @param measured how long each rate was measured
 * @param took how long the whole run took
 */
public record Report(
    Machine machine,
    Instant startedAt,
    Duration measured,
    Duration took,
    int clients,
    int entities,
    List<Row> rows) {

  public Report {
    rows = rows.stream().sorted(Comparator.comparing(Row::name)).toList();
  }

  /** A row that was asked for and measured without a problem. */
  public Optional<Row> valid(RowName name) {
    return rows.stream().filter(row -> row.name() == name && row.valid()).findFirst();
  }

  /** The row's rate as a part of pass-through's. Empty if either is missing. */
  public OptionalDouble ratio(Row row) {
    OptionalDouble ceiling =
        valid(RowName.PASSTHROUGH).map(Row::opsPerSecond).orElse(OptionalDouble.empty());
    if (!row.valid() || row.opsPerSecond().isEmpty() || ceiling.isEmpty()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(row.opsPerSecond().getAsDouble() / ceiling.getAsDouble());
  }

  public boolean allValid() {
    return rows.stream().allMatch(Row::valid);
  }
}
