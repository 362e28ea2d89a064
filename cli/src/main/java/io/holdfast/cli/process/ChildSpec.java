// SPDX-License-Identifier: Apache-2.0
package io.holdfast.cli.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program to run.
 *
 * @param name what it is called in front of users, "function"
 * @param environment added to this process's own
 */
public record ChildSpec(
    String name, List<String> command, Map<String, String> environment, Path directory) {

  public ChildSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    if (command.isEmpty()) {
      throw new IllegalArgumentException("no command for " + name);
    }
  }

  /** The same program under another name. */
  public ChildSpec named(String other) {
    return new ChildSpec(other, command, environment, directory);
  }
}
