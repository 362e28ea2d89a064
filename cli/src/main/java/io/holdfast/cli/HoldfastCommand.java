// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is said before a command is named. The script itself answers {@code --help}. */
@Command(
    name = "holdfast",
    description = "Functions float; Holdfast holds their state.",
    subcommands = {
      RunCommand.class,
      ClusterCommand.class,
      SchemaCommand.class,
      ChaosCommand.class,
      BenchCommand.class,
      VersionCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class HoldfastCommand implements Runnable {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it.
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "A command is missing: run, cluster, schema, chaos, bench or version");
  }
}
