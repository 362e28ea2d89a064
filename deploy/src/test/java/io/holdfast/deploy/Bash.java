// SPDX-License-Identifier: Apache-2.0
package io.holdfast.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Runs short commands. */
final class Bash {

  private Bash() {}

  /** What the command printed, errors included, without white space around it. */
  static String run(String command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("bash", "-c", command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int code = process.waitFor();
    if (code != 0) {
      throw new AssertionError(command + " ended with " + code + ": " + printed);
    }
    return printed.strip();
  }
}
