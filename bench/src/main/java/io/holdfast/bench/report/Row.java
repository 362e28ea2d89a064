// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** One row of the report. It counts only if nothing went wrong while it was measured. */
public final class Row {

  private final RowName name;
  private final @Nullable Double opsPerSecond;
  private final @Nullable Latency latency;
  private final List<ProcessUse> processes;
  private final Map<String, Double> details;
  private final List<String> problems;

  private Row(Builder builder) {
    this.name = builder.name;
    this.opsPerSecond = builder.opsPerSecond;
    this.latency = builder.latency;
    this.processes = List.copyOf(builder.processes);
    this.details = Collections.unmodifiableMap(new LinkedHashMap<>(builder.details));
    this.problems = List.copyOf(builder.problems);
  }

  public static Builder builder(RowName name) {
    return new Builder(name);
  }

  /** A row that could not be measured. */
  public static Row failed(RowName name, String problem) {
    return builder(name).problems(List.of(problem)).build();
  }

  public RowName name() {
    return name;
  }

  /** Requests that ended well, per second. Empty if the row is not about a rate. */
  public OptionalDouble opsPerSecond() {
    return opsPerSecond == null ? OptionalDouble.empty() : OptionalDouble.of(opsPerSecond);
  }

  public Optional<Latency> latency() {
    return Optional.ofNullable(latency);
  }

  /** What the processes used; the one that the row is about comes first. */
  public List<ProcessUse> processes() {
    return processes;
  }

  /** The process that the row is about. */
  public Optional<ProcessUse> subject() {
    return processes.stream().findFirst();
  }

  /** More numbers, by the name that they have in the JSON file. */
  public Map<String, Double> details() {
    return details;
  }

  /** Why the row must not be read as a result. Empty if it may. */
  public List<String> problems() {
    return problems;
  }

  public boolean valid() {
    return problems.isEmpty();
  }

  /** Collects what was measured. */
  public static final class Builder {
    private final RowName name;
    private @Nullable Double opsPerSecond;
    private @Nullable Latency latency;
    private List<ProcessUse> processes = List.of();
    private final Map<String, Double> details = new LinkedHashMap<>();
    private List<String> problems = List.of();

    private Builder(RowName name) {
      this.name = name;
    }

    public Builder opsPerSecond(double rate) {
      this.opsPerSecond = rate;
      return this;
    }

    public Builder latency(Latency measured) {
      this.latency = measured;
      return this;
    }

    public Builder processes(List<ProcessUse> used) {
      this.processes = used;
      return this;
    }

    public Builder detail(String key, double value) {
      details.put(key, value);
      return this;
    }

    public Builder problems(List<String> found) {
      this.problems = found;
      return this;
    }

    public Row build() {
      return new Row(this);
    }
  }
}
