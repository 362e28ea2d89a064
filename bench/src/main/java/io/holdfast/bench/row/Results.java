// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.row;

import io.holdfast.bench.report.Row;
import io.holdfast.bench.report.RowName;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** The rows of a run, wanted and measured. */
final class Results {

  private final Set<RowName> wanted;
  private final Map<RowName, Row> rows = new EnumMap<>(RowName.class);

  Results(Set<RowName> wanted) {
    this.wanted = Set.copyOf(wanted);
  }

  boolean wants(RowName name) {
    return wanted.contains(name);
  }

  boolean wantsAny(Set<RowName> names) {
    return names.stream().anyMatch(this::wants);
  }

  void add(Row row) {
    rows.put(row.name(), row);
  }

  /** Marks those of the rows void that are wanted and not there yet. */
  void fail(Set<RowName> names, String problem) {
    names.stream()
        .filter(name -> wants(name) && !rows.containsKey(name))
        .forEach(name -> add(Row.failed(name, problem)));
  }

  /** The rate of a row, if it was measured and is valid. */
  OptionalDouble rate(RowName name) {
    Row row = rows.get(name);
    return row == null || !row.valid() ? OptionalDouble.empty() : row.opsPerSecond();
  }

  List<Row> rows() {
    return List.copyOf(rows.values());
  }
}
