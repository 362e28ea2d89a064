// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a run took place. Numbers of two machines, or of one with other work, do not compare. */
public record Machine(
    int cores, String cpu, long memoryMb, String kernel, String jvm, double loadBefore) {

  /** This machine, now. */
  public static Machine here() {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        field("/proc/cpuinfo", "model name"),
        kilobytes(field("/proc/meminfo", "MemTotal")) / 1024,
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        loadAverage());
  }

  private static double loadAverage() {
    String text = read("/proc/loadavg");
    return text.isEmpty() ? 0 : Double.parseDouble(text.substring(0, text.indexOf(' ')));
  }

  private static long kilobytes(String value) {
    String digits = value.replace("kB", "").strip();
    return digits.isEmpty() ? 0 : Long.parseLong(digits);
  }

  private static String field(String file, String name) {
    return read(file)
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("");
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      return "";
    }
  }
}
