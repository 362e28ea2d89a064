// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos.report;

import io.holdfast.chaos.history.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a run came to.
 *
 * @param outcomes how many operations ended how
 * @param events how many the store has
 * @param values how many entities have a value in the store
 * @param news ends of processes that nobody asked for
 */
public record RunReport(
    long seed,
    String store,
    int nodes,
    Duration lasted,
    Map<String, Long> outcomes,
    long events,
    long values,
    List<FaultRecord> faults,
    List<String> news,
    List<Violation> violations) {

  public RunReport {
    outcomes = new TreeMap<>(outcomes);
    faults = List.copyOf(faults);
    news = List.copyOf(news);
    violations = List.copyOf(violations);
  }

  /** Whether all promises were kept. */
  public boolean isGood() {
    return violations.isEmpty();
  }

  public long operations() {
    return outcomes.values().stream().mapToLong(Long::longValue).sum();
  }

  public long count(Violation.Kind kind) {
    return violations.stream().filter(violation -> violation.kind() == kind).count();
  }

  /** The faults by the names of their kinds. */
  Map<String, List<FaultRecord>> byKind() {
    var kinds = new TreeMap<String, List<FaultRecord>>();
    for (FaultRecord fault : faults) {
      kinds.merge(
          fault.fault().kind().toString(),
          List.of(fault),
          (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
    }
    return kinds;
  }

  /** Of the unavailable seconds, the one in the middle. */
  static double median(List<FaultRecord> faults) {
    List<Double> sorted = seconds(faults);
    return sorted.isEmpty() ? 0 : sorted.get((sorted.size() - 1) / 2);
  }

  /** Of the unavailable seconds, the most. */
  static double most(List<FaultRecord> faults) {
    List<Double> sorted = seconds(faults);
    return sorted.isEmpty() ? 0 : sorted.get(sorted.size() - 1);
  }

  private static List<Double> seconds(List<FaultRecord> faults) {
    return faults.stream().map(fault -> fault.unavailable().toMillis() / 1000.0).sorted().toList();
  }
}
