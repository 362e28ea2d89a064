// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli;

import io.holdfast.cli.project.Checkout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of this repository with a command line of its own, which starts proxies.
 *
 * @param name in front of users, "benchmark"
 */
record OtherProgram(String name, Path jar) {

  /** Runs it in the place of this one, and returns its exit code. */
  int run(Checkout checkout, List<String> arguments) throws InterruptedException {
    var archive = new ClassArchive(checkout.proxyJar());
    if (!archive.isUpToDate()) {
      archive.make();
    }
    List<String> command = new ArrayList<>(List.of(Jvm.java()));
    command.addAll(Jvm.QUIET_FLAGS);
    command.add("-Dholdfast.home=" + checkout.root());
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(arguments);
    try {
      return new ProcessBuilder(command)
          .directory(checkout.root().toFile())
          .inheritIO()
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new CliException("The %s cannot be started: %s".formatted(name, e.getMessage()), e);
    }
  }
}
