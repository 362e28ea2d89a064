// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli;

import picocli.CommandLine;

/** The command line as a process. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new HoldfastCommand())
        .setExecutionExceptionHandler(
            (failure, commandLine, parsed) -> {
              if (!(failure instanceof CliException)) {
                throw failure;
              }
              commandLine.getErr().println("holdfast: " + failure.getMessage());
              commandLine.getErr().flush();
              return CommandLine.ExitCode.SOFTWARE;
            })
        .setParameterExceptionHandler(
            (failure, args) -> {
              CommandLine commandLine = failure.getCommandLine();
              commandLine
                  .getErr()
                  .printf(
                      "holdfast: %s. See: %s --help%n",
                      failure.getMessage(), commandLine.getCommandSpec().qualifiedName());
              return CommandLine.ExitCode.USAGE;
            });
  }
}
