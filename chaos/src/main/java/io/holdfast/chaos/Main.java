// SPDX-License-Identifier: Apache-2.0
package io.holdfast.chaos;

import io.holdfast.cli.CliException;
import io.holdfast.devservers.LocalServerException;
import java.io.IOException;
import picocli.CommandLine;

/** The fault runner as a process. */
public final class Main {

  private static final int CANNOT_RUN = 3;

  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    System.setProperty("holdfast.chaos.faults", ChaosCommand.faultNames());
    return new CommandLine(new ChaosCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (failure, commandLine, parsed) -> {
              if (failure instanceof CliException
                  || failure instanceof LocalServerException
                  || failure instanceof IOException) {
                commandLine.getErr().println("holdfast: " + failure.getMessage());
                commandLine.getErr().flush();
                return CANNOT_RUN;
              }
              throw failure;
            });
  }
}
