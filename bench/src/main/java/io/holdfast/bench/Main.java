// SPDX-License-Identifier: Apache-2.0
package io.holdfast.bench;

import picocli.CommandLine;

/** {@code java -jar holdfast-bench.jar}. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new BenchCommand(args)).execute(args));
  }
}
