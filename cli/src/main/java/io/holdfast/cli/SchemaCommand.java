// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli;

import io.holdfast.cli.project.Checkout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Hands over to the proxy's jar, which knows the tables, with this environment. */
@Command(
    name = "schema",
    description =
        "Prints or makes the tables of a store on its server, which the proxy's environment"
            + " variables (HOLDFAST_POSTGRES_HOST and so on) name.",
    sortOptions = false)
final class SchemaCommand implements Callable<Integer> {

  /** What is to be done with them. */
  enum What {
    print,
    apply
  }

  /** The stores that have any. */
  enum Server {
    postgres,
    cassandra
  }

  @Parameters(
      paramLabel = "print|apply",
      description = {
        "print: the statements, to be run by hand; needs no server.",
        "apply: makes what is missing, and can be repeated."
      })
  @SuppressWarnings("NullAway.Init") // picocli sets it.
  private What what;

  @Option(
      names = "--store",
      required = true,
      paramLabel = "postgres|cassandra",
      description = "Whose tables.")
  @SuppressWarnings("NullAway.Init") // picocli sets it.
  private Server store;

  @Override
  public Integer call() throws InterruptedException {
    List<String> command = new ArrayList<>(List.of(Jvm.java()));
    command.addAll(Jvm.QUIET_FLAGS);
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-cp",
            Checkout.ofThisProcess().proxyJar().toString(),
            "io.holdfast.proxy.SchemaMain",
            what.name()));
    var builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("HOLDFAST_STORE", store.name());
    try {
      return builder.start().waitFor();
    } catch (IOException e) {
      throw new CliException("The proxy's jar cannot be run: " + e.getMessage(), e);
    }
  }
}
