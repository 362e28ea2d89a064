// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How child JVMs are started: the same Java as this one, sized for a laptop. */
final class Jvm {

  // What our libraries do anyway, and newer Javas warn of at length.
  static final List<String> QUIET_FLAGS =
      Runtime.version().feature() < 24
          ? List.of()
          : List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

  // The serial collector starts fastest and shares a few cores best. Heaps grow only when used.
  static final List<String> PROXY_FLAGS = flags("-XX:+UseSerialGC", "-Xmx1g", "-Xmn256m");
  static final List<String> FUNCTION_FLAGS = flags("-XX:+UseSerialGC", "-Xmx512m");

  private Jvm() {}

  private static List<String> flags(String... own) {
    return Stream.concat(QUIET_FLAGS.stream(), Stream.of(own)).toList();
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
