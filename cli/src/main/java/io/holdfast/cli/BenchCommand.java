// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli;

import io.holdfast.cli.project.Checkout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Hands everything over to the benchmark, a program of its own. */
@Command(name = "bench", description = "Measures the proxy on this machine.")
final class BenchCommand implements Callable<Integer> {

  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    Checkout checkout = Checkout.ofThisProcess();
    var archive = new ClassArchive(checkout.proxyJar());
    if (!archive.isUpToDate()) {
      archive.make();
    }
    List<String> command = new ArrayList<>(List.of(Jvm.java()));
    command.addAll(Jvm.QUIET_FLAGS);
    command.add("-jar");
    command.add(checkout.benchJar().toString());
    command.addAll(arguments);
    try {
      return new ProcessBuilder(command)
          .directory(checkout.root().toFile())
          .inheritIO()
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new CliException("The benchmark cannot be started: " + e.getMessage(), e);
    }
  }
}
