// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.process;

import java.util.List;

/**
 * With what the JVMs are started. All get the serial collector: the cores are shared by three
 * processes, and collector threads that run beside the program would only take them from one
 * another. Live data is small everywhere, so that collections of the young generation are short.
 */
public final class JvmFlags {

  private static final String COLLECTOR = "-XX:+UseSerialGC";
  private static final String NO_LEAK_SAMPLING = "-Dio.netty.leakDetection.level=disabled";

  /** Everything is in place before the first row, so the heap need not grow. */
  public static final List<String> GENERATOR =
      List.of(COLLECTOR, "-Xms256m", "-Xmx256m", "-Xmn192m", NO_LEAK_SAMPLING);

  public static final List<String> FUNCTION =
      List.of(COLLECTOR, "-Xmx512m", "-Xmn128m", NO_LEAK_SAMPLING);

  public static final List<String> PASSTHROUGH = FUNCTION;

  /** The proxy's own start script may choose others; these are for two cores and this load. */
  public static final List<String> PROXY = List.of(COLLECTOR, "-Xmx1g", "-Xmn256m");

  private JvmFlags() {}
}
