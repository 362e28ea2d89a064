// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a process has used, as Linux tells it.
 *
 * @param cpuSeconds user and system time since it started
 * @param rssMb resident memory now, in units of 2<sup>20</sup> bytes
 */
public record Usage(double cpuSeconds, double rssMb) {

  /** The unit of times in {@code /proc}; fixed in Linux's interface, whatever the kernel ticks. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;
  private static final String RESIDENT = "VmRSS:";

  /** Empty where there is no {@code /proc}, or no such process. */
  public static Optional<Usage> of(long pid) {
    Path directory = Path.of("/proc", Long.toString(pid));
    try {
      return Optional.of(
          parse(
              Files.readString(directory.resolve("stat")),
              Files.readString(directory.resolve("status"))));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads the texts of {@code stat} and {@code status}.
   *
   * @throws IOException if they lack what is looked for; a zombie has no resident memory
   */
  static Usage parse(String stat, String status) throws IOException {
    // The name is in brackets and may itself hold spaces and brackets: count from the last one.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    if (fields.length <= SYSTEM_TIME) {
      throw new IOException("not a process's stat: " + stat);
    }
    long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
    String resident =
        status
            .lines()
            .filter(line -> line.startsWith(RESIDENT))
            .findFirst()
            .orElseThrow(() -> new IOException("no " + RESIDENT + " in a process's status"));
    String kilobytes = resident.substring(RESIDENT.length()).replace("kB", "").strip();
    return new Usage(ticks / TICKS_PER_SECOND, Long.parseLong(kilobytes) / 1024.0);
  }

  /** What was used since {@code earlier}: the time in between, and the memory of now. */
  public Usage since(Usage earlier) {
    return new Usage(cpuSeconds - earlier.cpuSeconds, rssMb);
  }
}
