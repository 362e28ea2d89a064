// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  private static final List<String> PROXY = List.of(COLLECTOR, "-Xmx1g", "-Xmn256m");

  private JvmFlags() {}

  /**
   * For the proxy: those that {@code ./holdfast run} gives it, with the class archive that it makes
   * beside the jar, if that is there.
   */
  public static List<String> ofProxy(Path jar) {
    Path archive = jar.resolveSibling("holdfast-proxy-java" + Runtime.version().feature() + ".jsa");
    List<String> flags = new ArrayList<>(PROXY);
    if (Files.isRegularFile(archive)) {
      flags.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:disable"));
    }
    return List.copyOf(flags);
  }
}
