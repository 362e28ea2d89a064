// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli;

import io.holdfast.cli.project.Checkout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Hands everything over to the fault runner, a program of its own. */
@Command(name = "chaos", description = "Breaks a cluster under load and checks what it promised.")
final class ChaosCommand implements Callable<Integer> {

  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    Checkout checkout = Checkout.ofThisProcess();
    return new OtherProgram("fault runner", checkout.chaosJar()).run(checkout, arguments);
  }
}
