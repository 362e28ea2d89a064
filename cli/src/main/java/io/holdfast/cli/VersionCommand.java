// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli;

import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says which Holdfast this is, and on which Java it runs. */
@Command(name = "version", description = "Says which Holdfast this is.")
final class VersionCommand implements Runnable, IVersionProvider {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it.
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().getOut().println(getVersion()[0]);
    spec.commandLine().getOut().flush();
  }

  @Override
  public String[] getVersion() {
    String version = VersionCommand.class.getPackage().getImplementationVersion();
    return new String[] {
      "Holdfast %s (Java %s)"
          .formatted(Objects.requireNonNullElse(version, "unpackaged"), Runtime.version())
    };
  }
}
