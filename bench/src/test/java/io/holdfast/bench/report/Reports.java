// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Reports to test with. */
final class Reports {

  private Reports() {}

  static Report of(Row... rows) {
    return new Report(
        new Machine(2, "A <fast> & \"good\" CPU", 1024, "Linux 6", "OpenJDK 17", 0.5),
        Instant.parse("2026-01-02T03:04:05Z"),
        Duration.ofSeconds(8),
        Duration.ofSeconds(200),
        64,
        1_000,
        List.of(rows));
  }

  static Row rate(RowName name, double opsPerSecond) {
    return row(name, opsPerSecond, 500, 4_000);
  }

  static Row row(RowName name, double opsPerSecond, double p50, double p99) {
    return Row.builder(name)
        .opsPerSecond(opsPerSecond)
        .latency(new Latency(p50, p99, p99 * 2, p99 * 3, 100_000))
        .processes(List.of(new ProcessUse("proxy", 7.5, 321.5), new ProcessUse("load", 3, 200)))
        .detail("warm_up_s", 9)
        .build();
  }

  static Report whole() {
    return of(
        rate(RowName.EVENTSOURCED_MEMORY, 24_000),
        rate(RowName.DIRECT, 100_000),
        rate(RowName.PASSTHROUGH, 40_000),
        rate(RowName.EVENTSOURCED_EMBEDDED, 22_000),
        rate(RowName.HOT_ENTITY, 5_000),
        row(RowName.PASSTHROUGH_HALF, 11_000, 150, 600),
        row(RowName.EVENTSOURCED_EMBEDDED_HALF, 11_000, 300, 2_000),
        Row.builder(RowName.ACTIVATION_10000)
            .latency(new Latency(20_000, 30_000, 30_000, 30_000, 8))
            .build(),
        Row.builder(RowName.START).latency(new Latency(2.5e6, 2.7e6, 2.7e6, 2.7e6, 3)).build(),
        Row.builder(RowName.MEMORY_IDLE)
            .processes(List.of(new ProcessUse("proxy", 0.1, 180)))
            .build(),
        Row.failed(RowName.MEMORY_10000, "12 requests failed: UNAVAILABLE: gone"));
  }
}
