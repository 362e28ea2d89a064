// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli;

import java.nio.file.Path;
import java.util.List;

/** How child JVMs are started: the same Java as this one, sized for a laptop. */
final class Jvm {

  // The serial collector starts fastest and shares a few cores best. Heaps grow only when used.
  static final List<String> PROXY_FLAGS = List.of("-XX:+UseSerialGC", "-Xmx1g", "-Xmn256m");
  static final List<String> FUNCTION_FLAGS = List.of("-XX:+UseSerialGC", "-Xmx512m");

  private Jvm() {}

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
