// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.row;

import io.holdfast.bench.process.Child;
import io.holdfast.bench.process.Usage;
import io.holdfast.bench.report.ProcessUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what processes use over a stretch of time, this one included. */
final class Meter {

  private record Watched(String name, long pid, Usage before) {}

  private final List<Watched> watched = new ArrayList<>();

  private Meter() {}

  /** Begins to watch. The process that the row is about comes first. */
  static Meter start(List<Child> children) {
    var meter = new Meter();
    children.forEach(child -> meter.watch(child.name(), child.pid()));
    meter.watch("load", ProcessHandle.current().pid());
    return meter;
  }

  private void watch(String name, long pid) {
    Usage.of(pid).ifPresent(usage -> watched.add(new Watched(name, pid, usage)));
  }

  /** What was used since. Empty where the operating system does not tell. */
  List<ProcessUse> read() {
    return watched.stream().flatMap(each -> use(each).stream()).toList();
  }

  private static Optional<ProcessUse> use(Watched each) {
    return Usage.of(each.pid())
        .map(now -> now.since(each.before()))
        .map(use -> new ProcessUse(each.name(), use.cpuSeconds(), use.rssMb()));
  }
}
