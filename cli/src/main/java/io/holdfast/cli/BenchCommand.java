// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli;

import io.holdfast.cli.project.Checkout;
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
    return new OtherProgram("benchmark", checkout.benchJar()).run(checkout, arguments);
  }
}
